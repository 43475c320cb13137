"""Whatever order events arrive in, twice, late or sent again: the ledger is the same one."""

import random
from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest
from django.db import transaction

from economics.hooks import following
from economics.ledger import selectors
from economics.models import Contribution, LedgerEntry, LedgerTransaction, ProviderEvent
from tests.depth import depth
from tests.economics.hooks.conftest import Send, body_of
from tests.factories.economics import declare

pytestmark = pytest.mark.django_db

HISTORIES = {
    "given back": ["failed", "confirmed", "disputed", "won", "refunded"],
    "lost at last": ["failed", "confirmed", "disputed:1", "won:1", "disputed:2", "lost:2"],
    "nonsense": ["refunded", "confirmed", "lost", "confirmed", "disputed", "cancelled"],
    "never came": ["failed", "failed", "cancelled", "confirmed"],
}
SLICE = 6


def bodies(given: Contribution, history: list[str]) -> list[bytes]:
    """Return the events of a history, as the driver tells them."""
    parts = [step.partition(":") for step in history]
    return [
        body_of(given, number, kind, reference=f"case {case}" if case else f"ref {number}", fee=33)
        for number, (kind, _, case) in enumerate(parts, 1)
    ]


def ledger(given: Contribution) -> Any:
    """Return all that is in the ledger of it, and what has become of it."""
    given.refresh_from_db()
    written = LedgerTransaction.objects.filter(subject=given.pk).order_by("recorded_at", "id")
    sums = {key: amount for key, amount in selectors.balances().items() if amount}
    keys = [one.key.removeprefix(f"contribution:{given.pk}") for one in written]
    return given.status, given.fee, given.reference, sums, sorted(keys)


def orders(count: int) -> Iterator[tuple[int, ...]]:
    """Yield every order of so many events; in a slice, a few by chance."""
    found = list(permutations(range(count)))
    yield from random.Random(1).sample(found, min(len(found), depth(some=SLICE, all_of_them=999)))


@pytest.mark.parametrize("history", HISTORIES)
def test_every_order_ends_in_the_same_ledger(send: Send, history: str) -> None:
    given = declare(provider="test")
    told = bodies(given, HISTORIES[history])

    def played(order: list[bytes], lost: set[int]) -> Any:
        """Send them so, some of them again, a job after each; roll it back."""
        with transaction.atomic():
            for number, body in enumerate(order):
                if number not in lost:
                    assert send(body).status_code == 200
                if number % 2:
                    assert send(order[number // 2]).status_code == 200
                following.follow(given.pk)
            for number in lost:  # sent again by a provider that had no 200
                assert send(order[number]).status_code == 200
            following.follow(given.pk)
            assert not ProviderEvent.objects.filter(state="waiting").exists()
            assert LedgerEntry.objects.all().total() == 0
            found = ledger(given)
            transaction.set_rollback(True)
        return found

    expected = played(told, set())
    chance = random.Random(2)
    for order in orders(len(told)):
        lost = set(chance.sample(range(len(told)), 2))
        assert played([told[number] for number in order], lost) == expected


def test_what_follows_waits_for_what_is_missing_and_is_caught_up(send: Send) -> None:
    given = declare(provider="test")
    first, second = bodies(given, ["confirmed", "refunded"])
    send(second)
    following.follow_all()
    given.refresh_from_db()
    assert given.status == "declared"
    send(first)
    following.follow_all()
    given.refresh_from_db()
    assert given.status == "refunded"


def test_what_waits_for_others_holds_up_nobody(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "AT_ONCE", 2)
    stuck = [declare(provider="test") for _ in range(3)]
    given = [declare(provider="test") for _ in range(2)]
    for one in stuck:
        send(body_of(one, 2, "refunded"))
    for one in given:
        send(body_of(one, 1, "confirmed"))
    following.follow_all()
    assert {
        one.status for one in Contribution.objects.filter(pk__in=[one.pk for one in given])
    } == {"confirmed"}
