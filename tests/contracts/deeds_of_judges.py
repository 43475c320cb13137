"""A deed for each event of reports, decisions and appeals."""

from collections.abc import Callable

from moderation.appeals import services
from moderation.models import Appeal, Strike
from moderation.pages.services import publish
from moderation.strikes import services as strikes
from tests.factories.moderation import decide, make_report, member_of, moderator
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


def strike() -> Strike:
    made = decide(PublicTrackFactory.create(), "hide")
    return strikes.give(decision=made, by=moderator())


def withdraw() -> None:
    strikes.withdraw(strike=strike(), by=moderator(), why="The notice was taken back.")
def change_page() -> None:
    publish(page="terms", words="Be kind.", by=member_of("editor"), after=0)


DEEDS: dict[str, Callable[[], object]] = {
    "report.made": report,
    "decision.made": hide,
    "appeal.made": appeal,
    "appeal.answered": answer,
    "strike.given": strike,
    "strike.withdrawn": withdraw,
    "page.changed": change_page,
}
