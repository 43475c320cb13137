"""Much that has come in is taken at once: few queries, one commit, and nothing of it less whole."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from economics.contributions import arriving
from economics.contributions import services as contributions
from economics.hooks import following
from economics.ledger import services as ledger
from economics.models import Contribution, LedgerEntry, LedgerTransaction, ProviderEvent, Receipt
from media_pipeline.events.waking import round_of
from media_pipeline.models import Event, Job, SealedEntry
from media_pipeline.sealing import services as sealing
from tests.economics.hooks.conftest import Send, body_of
from tests.factories.economics import declare
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db
FEW = 24  # queries, for as many as are taken together


def told(send: Send, count: int, **more: object) -> list[Contribution]:
    """Return what was declared, and of which a provider has told that it came in."""
    artist = UserFactory.create()
    found = [declare(artist, provider="test") for _ in range(count)]
    for one in found:
        assert send(body_of(one, 1, "confirmed", fee=33, **more)).status_code == 200
    return found


def states() -> dict[str, int]:
    """Return how many events there are in each state."""
    found = list(ProviderEvent.objects.values_list("state", flat=True))
    return {state: found.count(state) for state in found}


@pytest.mark.parametrize("count", [3, following.TOGETHER])
def test_the_queries_do_not_grow_with_what_came_in(send: Send, count: int) -> None:
    told(send, count)
    with CaptureQueriesContext(connection) as asked:
        following.follow_all()
    assert len(asked) <= FEW
    assert states() == {"taken": count}


def test_each_has_its_receipt_entries_seal_and_event(send: Send) -> None:
    found = told(send, 7)
    following.follow_all()
    assert {one.status for one in Contribution.objects.all()} == {"confirmed"}
    assert sorted(Receipt.objects.values_list("number", flat=True)) == list(range(1, 8))
    assert {one.contribution_id for one in Receipt.objects.all()} == {one.pk for one in found}
    rows = LedgerTransaction.objects.filter(subject__in=[one.pk for one in found])
    assert sorted(rows.values_list("kind", flat=True)) == [
        *["contribution.fee"] * 7,
        *["contribution.received"] * 7,
    ]
    for row in rows:
        amounts = {one.account.key: one.amount for one in row.entries.select_related("account")}
        assert sum(amounts.values()) == 0
        sealed = SealedEntry.objects.get(subject=f"economics.ledgertransaction:{row.pk}")
        assert sealed.data == {"digest": ledger.digest(row, amounts)}
    assert Event.objects.filter(kind="contribution.confirmed").count() == 7
    sealing.close_all()
    assert list(sealing.verify()) == []
    following.follow_all()
    assert Receipt.objects.count() == 7


def test_one_that_is_refused_is_told_why_and_holds_up_none(send: Send) -> None:
    found = told(send, 3)
    wrong = declare(amount=10, provider="test")
    send(body_of(wrong, 1, "confirmed", fee=11))
    by_hand = declare(provider="test")
    send(body_of(by_hand, 1, "confirmed", fee=33))
    contributions.confirm(by_hand.pk, reference="seen on the account", fee=33)
    following.follow_all()
    assert states() == {"taken": 4, "refused": 1}
    refused = ProviderEvent.objects.get(state="refused")
    assert (refused.contribution, refused.sentence) == (wrong.pk, arriving.FEE_TOO_HIGH)
    by_hand.refresh_from_db()
    assert by_hand.reference == "seen on the account"
    assert Receipt.objects.count() == len(found) + 1


def test_one_that_cannot_be_written_leaves_no_gap_and_holds_up_none(
    send: Send, caplog: pytest.LogCaptureFixture
) -> None:
    first, broken, last = told(send, 3)
    legs = [ledger.leg("operator_funding", 5), ledger.leg("refund_loss", -5)]
    ledger.post("another", f"contribution:{broken.pk}:fee", legs)
    with caplog.at_level(logging.ERROR):
        following.follow_all()
    assert states() == {"taken": 2, "waiting": 1}
    assert str(broken.pk) in caplog.text
    assert sorted(Receipt.objects.values_list("number", flat=True)) == [1, 2]
    broken.refresh_from_db()
    assert broken.status == "declared"
    assert not LedgerTransaction.objects.filter(key=f"contribution:{broken.pk}:received").exists()
    assert LedgerEntry.objects.all().total() == 0
    assert {first.pk, last.pk} == {one.contribution_id for one in Receipt.objects.all()}


def test_one_step_is_few_queries(django_assert_max_num_queries: Any) -> None:
    given = declare(provider="test")
    with django_assert_max_num_queries(20):
        contributions.confirm(given.pk, reference="bank 1", fee=33)


@pytest.mark.django_db(transaction=True)
def test_all_of_it_wakes_each_reader_once_and_is_sealed_soon(send: Send) -> None:
    told(send, 5)
    Job.objects.all().delete()
    following.follow_all()
    read = round_of("notifications")
    assert Job.objects.filter(kind=read, state=Job.State.PENDING).count() == 1
    seal = Job.objects.get(kind=sealing.ROUND)
    wait = seal.run_after - timezone.now()
    assert timedelta() < wait <= timedelta(seconds=sealing.SOON)
    declared = declare(provider="test")
    contributions.confirm(declared.pk, reference="bank 1")
    assert Job.objects.get(kind=sealing.ROUND).run_after == seal.run_after, "one seal for both"
