"""Sums of what is kept and of what came since are those of the whole ledger, as of any moment."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils import timezone

from economics.contributions import services as contributions
from economics.days import end_of, today
from economics.ledger import tallies
from economics.ledger.selectors import balances
from tests.factories.economics import confirm, declare

pytestmark = pytest.mark.django_db(transaction=True)

LONG_AGO = timedelta(days=62)
Settle = Callable[[], None]


@pytest.fixture
def settle(monkeypatch: pytest.MonkeyPatch) -> Settle:
    """A function: what is recorded by now is kept from here on."""
    cache.clear()

    def until_now() -> None:
        now = timezone.now()
        monkeypatch.setattr(tallies, "_until", lambda: now)

    return until_now


def net(before: datetime | None = None) -> Counter[str]:
    """Return what these sums say is on each kind of account."""
    found: Counter[str] = Counter()
    for one in tallies.moved(before):
        found[one.kind] += one.debit - one.credit
    return found


def booked(before: datetime | None = None) -> Counter[str]:
    """Return what is."""
    found: Counter[str] = Counter()
    for key, amount in balances(before).items():
        found[key.partition(":")[0]] += amount
    return found


def moments() -> list[datetime | None]:
    """Return ends of days around everything that happens here, and none."""
    days = (0, 1, 40, 61, 62, 63, 90)
    return [None, *(end_of(today() - timedelta(days=ago)) for ago in days)]


def play() -> None:
    """Give, late and now, and give back."""
    confirm(declare(), fee=33, effective_at=timezone.now() - LONG_AGO)
    contributions.refund(confirm(declare(amount=700)).pk, reference="back")
    confirm(declare(amount=500))


def test_they_are_the_whole_whatever_is_kept(settle: Settle) -> None:
    for _ in range(3):
        play()
        assert [net(one) for one in moments()] == [booked(one) for one in moments()]
        settle()
        assert [net(one) for one in moments()] == [booked(one) for one in moments()]


def test_what_is_kept_is_not_read_again(settle: Settle, django_assert_max_num_queries: Any) -> None:
    play()
    settle()
    tallies.moved()
    first = cache.get(tallies.KEY)
    assert first.moved
    play()
    for before in moments():
        with django_assert_max_num_queries(2):
            tallies.moved(before)
    settle()
    tallies.moved()
    second = cache.get(tallies.KEY)
    assert second.until > first.until
    assert second.read_whole == first.read_whole, "only what came since was read"
    assert net() == booked()


@pytest.mark.parametrize("how", ["another ledger", "a week old"])
def test_another_ledger_and_an_old_sum_are_read_whole(settle: Settle, how: str) -> None:
    play()
    settle()
    tallies.moved()
    kept = cache.get(tallies.KEY)
    play()
    settle()
    wrong = kept._replace(moved=[])
    if how == "another ledger":
        wrong = wrong._replace(last=uuid4())
    else:
        wrong = wrong._replace(read_whole=timezone.now() - timedelta(days=tallies.WHOLE_DAYS))
    cache.set(tallies.KEY, wrong)
    assert net() == booked()


def test_what_is_kept_is_a_day_old_and_more() -> None:
    assert timezone.now() - tallies._until() >= timedelta(days=1)
