"""Two at once, on connections of their own: each step once, every cent in one place."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from config.lib.ids import token128
from config.lib.problems import Problem
from economics.books.checking import verify
from economics.charities import services as charities
from economics.contributions import services as contributions
from economics.ledger import selectors
from economics.models import (
    Batch,
    Contribution,
    Leaf,
    LedgerTransaction,
    PayLink,
    Receipt,
)
from economics.payouts import services as payouts
from economics.payouts.selectors import payouts_of
from economics.pledges.services import fall_due
from economics.proofs import services as proofs
from economics.unallocated import services as unallocated
from media_pipeline.sealing import services as sealing
from social.models import User
from tests.contracts.given import begin_for
from tests.factories.economics import (
    ask_payout,
    charity,
    confirm,
    declare,
    disburse,
    finance,
    link_of,
)
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
Deed = Callable[[], Any]


def at_once(*deeds: Deed) -> list[str]:
    """Do these at once, each in a thread; return `done` or the refusal of each."""
    gate = Barrier(len(deeds))

    def do(deed: Deed) -> str:
        try:
            gate.wait(20)
            deed()
        except Problem as refusal:
            return refusal.type
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


@pytest.fixture(autouse=True)
def _whole() -> Any:
    """Whatever happened: the books are as they were sealed, and sum to zero."""
    yield
    sealing.close_all()
    assert sum(selectors.balances().values()) == 0
    assert list(verify()) == []


def left() -> dict[str, int]:
    """Return every kind of account on which something is left."""
    return {key.partition(":")[0]: amount for key, amount in selectors.balances().items() if amount}


def test_it_is_confirmed_once_and_receipts_have_no_gap() -> None:
    given = [declare() for _ in range(3)]
    deeds = [
        partial(contributions.confirm, one.pk, reference=f"bank {n}", fee=n)
        for one in given
        for n in range(2)
    ]
    assert set(at_once(*deeds)) == {"done"}
    assert sorted(Receipt.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert LedgerTransaction.objects.filter(kind="contribution.received").count() == 3


def test_what_is_confirmed_while_it_is_cancelled_is_one_of_both() -> None:
    given = declare()
    said = at_once(
        lambda: contributions.confirm(given.pk, reference="bank"),
        lambda: contributions.cancel(given.pk),
    )
    given.refresh_from_db()
    assert sorted(said) in (["done", "not-declared"], ["done", "not-declared"])
    assert bool(left()) == (given.status == Contribution.Status.CONFIRMED)
    assert Receipt.objects.count() == bool(left())


def test_what_is_given_back_while_it_is_disputed_goes_out_once() -> None:
    given = confirm(declare(), fee=33)
    at_once(
        lambda: contributions.refund(given.pk, reference="back"),
        lambda: contributions.dispute(given.pk, reference="case 1"),
        lambda: contributions.dispute(given.pk, reference="case 2"),
    )
    given.refresh_from_db()
    if given.status == Contribution.Status.DISPUTED:
        assert left()["disputes_clearing"] == 1000
    else:
        assert left() == {"provider_clearing": -33, "refund_loss": 33}


def test_a_balance_is_asked_for_and_sent_once() -> None:
    artist, boss = UserFactory.create(), finance()
    confirm(declare(artist, amount=2000))
    link = link_of(artist)
    said = at_once(
        *[lambda: payouts.ask(by=artist, amount=1400, link=link, key=token128()) for _ in range(3)]
    )
    assert sorted(said) == ["done", "payout-waiting", "payout-waiting"]
    row = payouts_of(artist).get()
    words: dict[str, Any] = {"reference": "t", "sent_on": timezone.localdate(), "by": boss}
    said = at_once(
        lambda: payouts.send(row.pk, **words),
        lambda: payouts.send(row.pk, **words),
        lambda: payouts.withdraw(row.pk, by=artist),
    )
    row.refresh_from_db()
    sent = selectors.balance("artist_disbursed", artist.pk)
    assert (row.status, sent) in (("sent", 1400), ("withdrawn", 0))
    at_once(*[lambda: payouts.fail(row.pk, note="It came back.", by=boss) for _ in range(2)])
    assert selectors.owed("artist_payable", artist.pk) == 1400


def test_two_runs_of_the_same_balance_are_one() -> None:
    confirm(declare())
    boss = finance()
    said = at_once(
        *[
            lambda: charities.prepare(charity=charity(), amount=150, key=token128(), by=boss)
            for _ in range(3)
        ]
    )
    assert sorted(said) == ["done", "more-than-owed", "more-than-owed"]


def test_a_month_is_asked_for_once() -> None:
    artist = UserFactory.create()
    PayLink.objects.create(artist=artist, kind="page", address="https://pay.example/")
    pledge = begin_for(UserFactory.create(), artist)
    then = pledge.next_at + timedelta(hours=1)
    at_once(*[lambda: fall_due(then) for _ in range(3)])
    assert pledge.contributions.count() == 2


def test_batches_are_closed_once_while_more_comes_in() -> None:
    for _ in range(3):
        confirm(declare())
    coming = [declare() for _ in range(2)]
    at_once(
        proofs.close,
        proofs.close,
        *[partial(contributions.confirm, one.pk, reference="b") for one in coming],
    )
    proofs.close()
    assert Leaf.objects.count() == 5
    numbers = list(Batch.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def gone() -> User:
    """Return an artist who has left."""
    return UserFactory.create(left_at=timezone.now())


def test_what_comes_in_while_its_artist_leaves_is_set_aside() -> None:
    artist = UserFactory.create()
    first, second = confirm(declare(artist)), declare(artist)
    User.objects.filter(pk=artist.pk).update(left_at=timezone.now())
    at_once(
        lambda: contributions.confirm(second.pk, reference="bank"),
        lambda: unallocated.set_aside(artist.pk),
        lambda: unallocated.set_aside(artist.pk),
    )
    unallocated.carry_out()
    aside = [selectors.owed("unallocated", one.pk) for one in (first, second)]
    assert (aside, selectors.owed("artist_payable", artist.pk)) == ([700, 700], 0)


def test_what_is_taken_back_while_it_goes_on_is_in_one_place() -> None:
    given = confirm(declare(gone()))
    unallocated.carry_out()
    later = timezone.now() + timedelta(days=400)
    at_once(
        lambda: contributions.refund(given.pk, reference="back"),
        lambda: unallocated.carry_out(later),
        lambda: unallocated.carry_out(later),
        lambda: unallocated.empty(later),
    )
    unallocated.carry_out(later)
    assert left() == {}


def test_a_giver_is_sent_it_once() -> None:
    given = confirm(declare(gone()))
    unallocated.carry_out(timezone.now() + timedelta(days=400))
    said = at_once(
        lambda: unallocated.sent_back(given.pk, reference="out"),
        lambda: unallocated.sent_back(given.pk, reference="out"),
        lambda: contributions.refund(given.pk, reference="back"),
    )
    unallocated.carry_out()
    held = selectors.balance("provider_clearing", "manual")
    assert held in (0, 300), said
    assert said.count("done") == 1


def test_a_payout_that_fails_while_its_artist_leaves_is_nobodys() -> None:
    artist, boss = UserFactory.create(), finance()
    confirm(declare(artist, amount=2000))
    row = ask_payout(artist)
    User.objects.filter(pk=artist.pk).update(left_at=timezone.now())
    at_once(
        lambda: payouts.fail(row.pk, note="No such account.", by=boss),
        lambda: unallocated.set_aside(artist.pk),
        lambda: unallocated.carry_out(),
    )
    unallocated.carry_out()
    assert selectors.owed("artist_payable", artist.pk) == 0
    assert left()["unallocated"] == -1400


def test_a_run_that_fails_while_another_is_made_is_owed_once() -> None:
    confirm(declare())
    boss, row = finance(), disburse(200)
    at_once(
        lambda: charities.fail(row.pk, note="It came back.", by=boss),
        lambda: charities.fail(row.pk, note="It came back.", by=boss),
        lambda: charities.prepare(charity=charity(), amount=200, key=token128(), by=boss),
    )
    assert selectors.owed("charity_payable", charity().pk) == 200
