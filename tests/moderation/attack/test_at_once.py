"""Two moderators at the same moment: one decision of a kind, one undoing of it, never a 500."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections

from config.lib.problems import Problem
from moderation.appeals import services as appeals
from moderation.decisions import services
from moderation.models import Appeal, Case, Decision
from tests.factories.moderation import REASONS, decide, make_case, moderator
from tests.factories.tracks import PublicTrackFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do all at the same moment; return how each ended."""
    begin = Barrier(len(acts))

    def doing(act: Callable[[], object]) -> str:
        begin.wait()
        try:
            act()
            return "done"
        except Problem as refusal:
            return refusal.type
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(doing, acts))


def test_one_hides_a_piece_by_its_own_case_and_one_by_that_of_its_version() -> None:
    track = PublicTrackFactory.create()
    cases = [make_case(track), make_case(track.primary_version, "version")]
    words: dict[str, Any] = {"kind": "hide", "scope": "track", "row": track, "statement": REASONS}
    acts = [
        partial(services.decide, case=case, by=by, **words)
        for case, by in zip(cases, (moderator(), moderator()), strict=True)
    ]
    assert at_once(*acts) == ["already-decided", "done"]
    assert Decision.objects.count() == 1


def test_one_undoes_it_while_one_grants_the_appeal_in_another_case() -> None:
    track = PublicTrackFactory.create()
    made = decide(track, "hide")
    again = make_case(track)  # so that the appeal comes to another case
    appeal = appeals.appeal(decision=made, text="It quotes.")
    assert (appeal.case, made.case) == (again, Case.objects.get(pk=made.case_id))
    assert appeal.case != made.case
    one, other = moderator(), moderator()
    ended = at_once(
        lambda: services.restore(decision=made, by=one, facts="No."),
        lambda: appeals.grant(appeal=appeal, by=other, words="Right."),
    )
    assert ended in (["already-undone", "done"], ["answered-already", "done"])
    assert Decision.objects.filter(undoes=made).count() == 1
    assert Appeal.objects.get().led_to == Decision.objects.get(undoes=made)
    assert not Case.objects.get(pk=again.pk).appeals.filter(answered_at=None).exists()


def test_one_grants_an_appeal_while_one_says_that_it_stands() -> None:
    made = decide(PublicTrackFactory.create(), "hide")
    appeal = appeals.appeal(decision=made, text="It quotes.")
    one, other = moderator(), moderator()
    ended = at_once(
        lambda: appeals.uphold(appeal=appeal, by=one, words="It stands."),
        lambda: appeals.grant(appeal=appeal, by=other, words="Right."),
    )
    assert ended == ["answered-already", "done"]
    found = Appeal.objects.get()
    undone = Decision.objects.filter(undoes=made).exists()
    assert (found.led_to is not None) == undone


def test_an_owner_appeals_twice_at_once() -> None:
    made = decide(PublicTrackFactory.create(), "hide")
    acts = [lambda: appeals.appeal(decision=made, text="It quotes.")] * 4
    assert at_once(*acts) == ["appealed-already"] * 3 + ["done"]
    assert Appeal.objects.count() == 1


def test_one_decides_while_the_thing_is_removed_for_good() -> None:
    track = PublicTrackFactory.create()
    case = make_case(track)
    words: dict[str, Any] = {"kind": "hide", "scope": "track", "row": track, "statement": REASONS}
    by = moderator()
    ended = at_once(
        lambda: services.decide(case=case, by=by, **words),
        lambda: type(track).everything.filter(pk=track.pk).delete(),
    )
    assert ended == ["done", "done"]
    made = Decision.objects.get()
    assert services.restore(decision=made, by=moderator(), facts="It is gone.")
