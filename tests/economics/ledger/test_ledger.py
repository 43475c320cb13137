"""The ledger: sums to zero, is written once for each key, and is never touched again."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.utils import timezone

from economics.ledger import selectors, services
from economics.ledger.services import KeyUsed, leg, post, reverse
from economics.models import LedgerAccount, LedgerEntry, LedgerTransaction
from media_pipeline.models import SealedEntry

pytestmark = pytest.mark.django_db

Kind = LedgerAccount.Kind
TABLES = ("economics_ledgerentry", "economics_ledgertransaction", "economics_ledgeraccount")


def put_in(amount: int = 500, key: str = "first", **words: object) -> LedgerTransaction:
    """Let the operator put something in."""
    legs = [leg(Kind.PROVIDER_CLEARING, amount, "manual"), leg(Kind.OPERATOR_FUNDING, -amount)]
    return post("funding", key, legs, **words)  # type: ignore[arg-type]


def settle() -> None:
    """Let the database check now what it checks at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_what_is_posted_counts_and_is_sealed_with_its_digest() -> None:
    written = put_in()
    settle()
    assert selectors.balances() == {"provider_clearing:manual": 500, "operator_funding:": -500}
    assert selectors.owed(Kind.OPERATOR_FUNDING) == 500
    entry = SealedEntry.objects.get(subject=f"economics.ledgertransaction:{written.pk}")
    amounts = {one.account.key: one.amount for one in written.entries.select_related("account")}
    assert entry.data == {"digest": services.digest(written, amounts)}


def test_one_key_writes_once() -> None:
    assert put_in() == put_in()
    assert LedgerEntry.objects.count() == 2
    with pytest.raises(KeyUsed):
        put_in(amount=501)


def test_what_is_reversed_counts_no_more_and_only_once() -> None:
    written = put_in()
    reverse(written, "funding.back", "back")
    reverse(written, "funding.back", "back")
    settle()
    assert set(selectors.balances().values()) == {0}
    with pytest.raises(KeyUsed):
        reverse(written, "funding.back", "again")


def test_a_balance_is_of_any_day() -> None:
    yesterday = timezone.now() - timedelta(days=1)
    put_in(effective_at=yesterday)
    put_in(key="second")
    assert selectors.owed(Kind.OPERATOR_FUNDING) == 1000
    assert selectors.owed(Kind.OPERATOR_FUNDING, before=yesterday + timedelta(hours=1)) == 500
    assert selectors.balances(before=yesterday) == {}


def test_what_is_pending_counts_when_it_is_resolved_and_is_resolved_once() -> None:
    pending = put_in(status="pending")
    assert selectors.balances() == {}
    put_in(key="resolved", resolves=pending)
    settle()
    assert selectors.owed(Kind.OPERATOR_FUNDING) == 500
    with pytest.raises(KeyUsed):
        post("funding.void", "void", [], status="void", resolves=pending)


def test_what_comes_to_nothing_is_void() -> None:
    pending = put_in(status="pending")
    post("funding.void", "void", [], status="void", resolves=pending)
    settle()
    assert selectors.balances() == {}


def test_only_what_is_pending_is_resolved() -> None:
    put_in(key="resolves a posted one", resolves=put_in())
    with pytest.raises(IntegrityError, match="only what is pending"):
        settle()


def test_what_does_not_sum_to_zero_is_refused_by_code_and_by_database() -> None:
    with pytest.raises(ValueError, match="sum to zero"):
        post("wrong", "wrong", [leg(Kind.ROUNDING, 1)])
    written = put_in()
    account = LedgerAccount.objects.earliest("key")
    LedgerEntry.objects.create(transaction=written, account=account, amount=1, currency="EUR")
    with pytest.raises(IntegrityError, match="sum to zero"):
        settle()


def test_a_transaction_without_entries_is_refused() -> None:
    LedgerTransaction.objects.create(key="empty", kind="empty", effective_at=timezone.now())
    with pytest.raises(IntegrityError, match="two entries or more"):
        settle()


def test_an_entry_is_in_the_currency_of_its_account() -> None:
    written = put_in()
    account = LedgerAccount.objects.earliest("key")
    with pytest.raises(IntegrityError, match="currency"):
        LedgerEntry.objects.create(transaction=written, account=account, amount=1, currency="USD")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("filled", [True, False], ids=["filled", "empty"])
@pytest.mark.parametrize(
    "order", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_no_row_is_changed_or_taken_away(table: str, filled: bool, order: str) -> None:
    if filled:
        put_in()
        settle()
    with pytest.raises(DatabaseError, match="only grows"), connection.cursor() as cursor:
        cursor.execute(order.format(table))


@pytest.mark.django_db(transaction=True)
def test_a_written_transaction_takes_no_entries_later() -> None:
    written = put_in()
    with pytest.raises(IntegrityError, match="no entries later"):
        LedgerEntry.objects.create(
            transaction=written,
            account=LedgerAccount.objects.earliest("key"),
            amount=5,
            currency="EUR",
        )
    long_ago = timezone.now() - timedelta(days=9)
    made = LedgerTransaction(
        key="dated back", kind="x", effective_at=long_ago, recorded_at=long_ago, status="posted"
    )
    with pytest.raises(IntegrityError, match="two entries"):
        made.save(force_insert=True)
