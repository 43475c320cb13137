"""A deed for each event of reports, decisions and appeals."""

from collections.abc import Callable

from moderation.appeals import services
from moderation.models import Appeal, Message
from moderation.mutes import services as mutes
from moderation.talks import services as talks
from tests.factories.moderation import decide, make_report, moderator, write_to
from tests.factories.tracks import PublicTrackFactory


def report() -> None:
    make_report(PublicTrackFactory.create())


def hide() -> None:
    decide(PublicTrackFactory.create(), "hide")


def appeal() -> Appeal:
    made = decide(PublicTrackFactory.create(), "hide")
    return services.appeal(decision=made, text="It quotes.")


def answer() -> None:
    services.uphold(appeal=appeal(), by=moderator(), words="It does not.")


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
    "talk.written": write,
    "talk.answered": reply,
    "reporter.told": warn,
}
