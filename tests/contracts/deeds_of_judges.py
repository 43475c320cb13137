"""A deed for each event of reports, decisions and appeals."""

from collections.abc import Callable
from dataclasses import replace

from media_pipeline.jobs.services.running import run_job
from media_pipeline.models import Job
from moderation.appeals import services
from moderation.models import Appeal, Message, Strike, Verification
from moderation.mutes import services as mutes
from moderation.pages.services import publish
from moderation.strikes import services as strikes
from moderation.talks import services as talks
from moderation.verification import services as verification
from moderation.verification.checking import Found
from tests.factories.moderation import (
    REASONS,
    decide,
    make_case,
    make_report,
    member_of,
    moderator,
    write_to,
)
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tracks import attesting


def report() -> None:
    make_report(PublicTrackFactory.create())


def hide() -> None:
    decide(PublicTrackFactory.create(), "hide")


def appeal() -> Appeal:
    made = decide(PublicTrackFactory.create(), "hide")
    return services.appeal(decision=made, text="It quotes.")


def attest() -> None:
    with attesting.said(attesting.Word(attesting.PAGE, given=True)):
        attesting.require([PublicTrackFactory.create().pk])


def verify() -> Verification:
    person = UserFactory.create()
    row = verification.begin(person=person, method="dns", subject="example.org")
    verification.note(row=row, found=Found(True, "There."))
    return row


def miss() -> None:
    verification.note(row=verify(), found=Found(False, "Not there."))


def end() -> None:
    verification.end(row=verify())


def get_stuck() -> None:
    version = PublicTrackFactory.create().primary_version
    words = {"statement": replace(REASONS, span=(1000, 2000)), "case": make_case(version.track)}
    decide(version, "hide", "moment", **words)
    job = Job.objects.filter(asset=version.media.asset, state="pending").latest("pk")
    run_job(job.pk)  # its original is nowhere


def answer() -> None:
    services.uphold(appeal=appeal(), by=moderator(), words="It does not.")


def strike() -> Strike:
    made = decide(PublicTrackFactory.create(), "hide")
    return strikes.give(decision=made, by=moderator())


def withdraw() -> None:
    strikes.withdraw(strike=strike(), by=moderator(), why="The notice was taken back.")


def change_page() -> None:
    publish(page="terms", words="Be kind.", by=member_of("editor"), after=0)


def write() -> Message:
    return write_to(make_report(PublicTrackFactory.create()).case)


def reply() -> None:
    talks.answer(talk=write().talk, words="It quotes.")


def warn() -> None:
    mutes.warn(report=make_report(PublicTrackFactory.create()), by=moderator(), facts="It is not.")


DEEDS: dict[str, Callable[[], object]] = {
    "report.made": report,
    "decision.made": hide,
    "appeal.made": appeal,
    "appeal.answered": answer,
    "strike.given": strike,
    "strike.withdrawn": withdraw,
    "page.changed": change_page,
    "moment.stuck": get_stuck,
    "talk.written": write,
    "talk.answered": reply,
    "reporter.told": warn,
    "track.attested": attest,
    "verification.made": verify,
    "verification.warned": miss,
    "verification.ended": end,
}
