"""However a decision is undone, who appealed against it is answered, and its case can close."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache

from moderation.appeals import services as appeals
from moderation.bans.services import unban
from moderation.decisions import services as decisions
from moderation.desk import services as desk
from moderation.holds.services import hold
from moderation.models import Appeal, Case, Decision
from moderation.strikes import services as strikes
from social.models import User
from tests.factories.moderation import REASONS, decide, make_case, make_report, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db
Made = tuple[Decision, Callable[[], object]]


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def held_piece(kind: str) -> Made:
    """Return the hold of a newcomer's piece, and what a person decides about the piece."""
    track = PublicTrackFactory.create()
    held = hold(scope="track", row=track, reason="other", facts="It is new.", clause="Terms: new")
    assert held
    return held, lambda: decide(track, kind, case=held.case)


def banned() -> Made:
    person = UserFactory.create()
    made = decide(person, "ban", "person")
    return made, lambda: unban(person=person, facts="It was another.")


def struck() -> Made:
    """Return the hold of three strikes, and that one of them is withdrawn."""
    owner = UserFactory.create()
    for _ in range(3):
        cache.clear()
        given = strikes.give(
            decision=decide(PublicTrackFactory.create(owner=owner), "warn"), by=moderator()
        )
    held = Decision.objects.in_force().get(kind="hold")
    why = "The notice was taken back."
    return held, lambda: strikes.withdraw(strike=given, by=moderator(), why=why)


WAYS = {
    "let through": lambda: held_piece("no_action"),
    "hidden instead": lambda: held_piece("hide"),
    "as whoever has the machine says": banned,
    "fewer strikes": struck,
}


@pytest.mark.parametrize("way", list(WAYS))
def test_who_appealed_is_answered_by_what_undid_it(way: str) -> None:
    made, act = WAYS[way]()
    appeal = appeals.appeal(decision=made, text="It is mine.")
    do_jobs()
    mail.outbox.clear()
    act()
    appeal.refresh_from_db()
    undone = Decision.objects.get(undoes=made)
    assert (appeal.led_to, appeal.answer) == (undone, undone.facts)
    assert not Case.objects.get(pk=made.case_id).is_open
    do_jobs()
    answers = [letter.body for letter in mail.outbox if "looked at your appeal" in letter.body]
    assert len(answers) == 1
    assert undone.facts in answers[0]


def test_its_appeal_in_another_case_is_answered_and_that_case_goes_on() -> None:
    track = PublicTrackFactory.create()
    made = decide(track, "hide")
    again = make_case(track)
    appeal = appeals.appeal(decision=made, text="It quotes.")
    assert appeal.case == again
    decisions.restore(decision=made, by=moderator(), facts="It does.")
    assert Appeal.objects.get().answer == "It does."
    assert Case.objects.get(pk=again.pk).is_open, "nobody has looked at what was reported there"


@pytest.mark.parametrize("act", [appeals.uphold, appeals.grant])
def test_what_was_reported_meanwhile_still_waits_for_somebody(act: Callable[..., object]) -> None:
    track = PublicTrackFactory.create()
    made = decide(track, "warn")
    appeal = appeals.appeal(decision=made, text="It quotes.")
    report = make_report(track, words="And at 2:10 again.")
    assert report.case == appeal.case
    act(appeal=appeal, by=moderator(), words="It is so.")
    assert Case.objects.get().is_open
    decide(track, "no_action", case=report.case)
    assert not Case.objects.get().is_open


def test_undoing_at_the_desk_answers_once() -> None:
    made = decide(PublicTrackFactory.create(), "hide")
    appeals.appeal(decision=made, text="It quotes.")
    by: User = moderator()
    desk.undo(decision=made, by=by, facts="It does.")
    found = Appeal.objects.get()
    assert (found.answer, found.answered_by) == ("It does.", by)
    assert REASONS.facts != found.answer
