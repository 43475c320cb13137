"""The end of one decision never opens what another one keeps closed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.models import Job
from moderation.decisions import services
from moderation.decisions.services import ENDS
from social.models import User
from tests.factories.moderation import REASONS, decide, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db
FOR_A_WEEK = replace(REASONS, days=7)


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


@pytest.fixture
def person() -> User:
    found: User = UserFactory.create()
    return found


def is_banned(person: User) -> bool:
    return User.objects.get(pk=person.pk).is_banned


def long_ago(monkeypatch: pytest.MonkeyPatch, days: int) -> Any:
    """Let the next decisions be of some days ago."""
    now = timezone.now()
    patch = pytest.MonkeyPatch()
    patch.setattr(timezone, "now", lambda: now - timedelta(days=days))
    return patch


def do_what_is_due() -> None:
    Job.objects.filter(kind=ENDS).update(run_after=timezone.now() - timedelta(seconds=1))
    do_jobs()


def test_a_ban_that_was_undone_ends_no_later_one(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = long_ago(monkeypatch, 8)
    first = decide(person, "ban", "person", statement=FOR_A_WEEK)
    services.restore(decision=first, by=moderator(), facts="It was another.")
    decide(person, "ban", "person")
    clock.undo()
    assert is_banned(person)
    do_what_is_due()
    assert is_banned(person), "the time of the first, undone long ago, opened the account"


def test_undoing_what_is_over_opens_nothing_that_is_closed_anew(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = long_ago(monkeypatch, 8)
    first = decide(person, "ban", "person", statement=FOR_A_WEEK)
    clock.undo()
    do_what_is_due()
    assert not is_banned(person)
    second = decide(person, "ban", "person")
    services.restore(decision=first, by=moderator(), facts="It was never right.")
    assert is_banned(person)
    services.restore(decision=second, by=moderator(), facts="Neither was this.")
    assert not is_banned(person)


def test_a_ban_ends_when_the_database_says_so(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker whose own clock is behind does not leave an account closed for good."""
    clock = long_ago(monkeypatch, 8)
    decide(person, "ban", "person", statement=FOR_A_WEEK)
    clock.undo()
    behind = long_ago(monkeypatch, 3)
    try:
        Job.objects.filter(kind=ENDS).update(run_after=timezone.now() - timedelta(days=2))
        do_jobs()
    finally:
        behind.undo()
    assert not is_banned(person)


def test_a_restore_is_not_restored() -> None:
    made = decide(PublicTrackFactory.create(), "hide")
    undone = services.restore(decision=made, by=moderator(), facts="No.")
    with pytest.raises(Problem) as refused:
        services.restore(decision=undone, by=moderator(), facts="Yes.")
    assert refused.value.type == "nothing-to-undo"
