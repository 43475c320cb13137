"""A deed for each event of reports, decisions and appeals."""

from collections.abc import Callable

from moderation.appeals import services
from moderation.models import Appeal, Verification
from moderation.verification import services as verification
from moderation.verification.checking import Found
from tests.factories.moderation import decide, make_report, moderator
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


def answer() -> None:
    services.uphold(appeal=appeal(), by=moderator(), words="It does not.")


DEEDS: dict[str, Callable[[], object]] = {
    "report.made": report,
    "decision.made": hide,
    "appeal.made": appeal,
    "appeal.answered": answer,
    "track.attested": attest,
    "verification.made": verify,
    "verification.warned": miss,
    "verification.ended": end,
}
