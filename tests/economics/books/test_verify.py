"""Whoever touches the ledger past its triggers is found out, whatever they touch."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from economics.books.checking import verify
from economics.contributions import services as contributions
from economics.ledger.services import digest, leg, post
from economics.models import LedgerAccount, LedgerTransaction
from media_pipeline.sealing.services import close
from tests.factories.economics import confirm, declare

pytestmark = pytest.mark.django_db

Kind = LedgerAccount.Kind


def settle() -> None:
    """Let the database check now what it checks at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def tamper(statement: str, *values: object) -> None:
    """Do to the tables what nobody of ours does, past every trigger and key."""
    settle()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values or None)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.fixture
def books() -> LedgerTransaction:
    """A ledger that is sealed, but for what came last; a transaction in its middle."""
    given = confirm(declare(), fee=33)
    contributions.refund(confirm(declare()).pk, reference="back")
    close()
    confirm(declare(amount=5))
    return LedgerTransaction.objects.get(key=f"contribution:{given.pk}:received")


def test_a_ledger_as_it_was_written_is_well(books: LedgerTransaction) -> None:
    assert list(verify()) == []
    out = StringIO()
    call_command("ledger", "verify", stdout=out)
    count = LedgerTransaction.objects.count()
    assert out.getvalue().startswith(f"{count} transactions, each sums to zero")


ROW = "economics_ledgertransaction SET {} WHERE id = %s"
OTHER = "(SELECT id FROM economics_ledgertransaction WHERE id <> %s LIMIT 1)"
TOUCHED = {
    "key": "key = 'another'",
    "kind": "kind = 'contribution.refunded'",
    "status": "status = 'pending'",
    "subject": "subject = NULL",
    "reference": "external = 'another'",
    "when it happened": "effective_at = effective_at + interval '1 day'",
    "when it was recorded": "recorded_at = recorded_at - interval '1 day'",
    "reverses": "reverses_id = id",
    "resolves": "resolves_id = id",
}


@pytest.mark.parametrize("what", TOUCHED.values(), ids=TOUCHED)
def test_a_changed_transaction_is_found(books: LedgerTransaction, what: str) -> None:
    tamper(f"UPDATE {ROW.format(what)}", books.pk)
    assert [one.where for one in verify()] == [f"economics.ledgertransaction:{books.pk}"]
    with pytest.raises(CommandError, match="1 things"):
        call_command("ledger", "verify", stderr=StringIO())


ENTRY = "economics_ledgerentry"
TOUCHED_ENTRIES = {
    "an amount": f"UPDATE {ENTRY} SET amount = amount + 1 WHERE transaction_id = %s AND amount > 0",
    "all amounts": f"UPDATE {ENTRY} SET amount = amount * 2 WHERE transaction_id = %s",
    "the side": f"UPDATE {ENTRY} SET amount = -amount WHERE transaction_id = %s",
    "a currency": f"UPDATE {ENTRY} SET currency = 'USD' WHERE transaction_id = %s",
    "an account": f"UPDATE {ENTRY} SET account_id = (SELECT id FROM economics_ledgeraccount "
    "WHERE key = 'platform_revenue:') WHERE transaction_id = %s AND amount = -193",
    "entries taken": f"DELETE FROM {ENTRY} WHERE transaction_id = %s",
    "entries added": f"INSERT INTO {ENTRY} (transaction_id, account_id, amount, currency) "
    f"SELECT transaction_id, account_id, side * 7, currency FROM {ENTRY}, (VALUES (1), (-1)) "
    "sides (side) WHERE transaction_id = %s AND amount = -97",
}


@pytest.mark.parametrize("statement", TOUCHED_ENTRIES.values(), ids=TOUCHED_ENTRIES)
def test_changed_entries_are_found(books: LedgerTransaction, statement: str) -> None:
    tamper(statement, books.pk)
    assert f"economics.ledgertransaction:{books.pk}" in {one.where for one in verify()}


def test_what_was_taken_out_is_found(books: LedgerTransaction) -> None:
    tamper("DELETE FROM economics_ledgerentry WHERE transaction_id = %s", books.pk)
    tamper("DELETE FROM economics_ledgertransaction WHERE id = %s", books.pk)
    (found,) = verify()
    assert "not in the ledger any more" in found.sentence


def test_what_was_put_in_is_found(books: LedgerTransaction) -> None:
    tamper(
        "INSERT INTO economics_ledgertransaction (id, key, kind, status, external, effective_at) "
        "VALUES (gen_random_uuid(), 'x', 'x', 'posted', '', now())"
    )
    (found,) = verify()
    assert "never written into the sealed log" in found.sentence


def test_entries_without_a_transaction_are_found(books: LedgerTransaction) -> None:
    tamper("DELETE FROM economics_ledgertransaction WHERE id = %s", books.pk)
    assert {one.sentence for one in verify()} >= {"hangs on nothing."}


@pytest.mark.parametrize(
    "what", ["kind = 'platform_revenue'", "party = 'x'", "currency = 'USD'", "key = 'rounding:x'"]
)
def test_a_changed_account_is_found(books: LedgerTransaction, what: str) -> None:
    tamper(f"UPDATE economics_ledgeraccount SET {what} WHERE key = 'provider_fees:manual'")
    assert list(verify())


@pytest.mark.parametrize(
    "what",
    [
        'UPDATE media_pipeline_sealedentry SET data = \'{"digest": "0"}\' WHERE subject = %s',
        "DELETE FROM media_pipeline_sealedentry WHERE subject = %s",
        "INSERT INTO media_pipeline_sealedentry (kind, actor, subject, data, created_at) "
        "SELECT kind, actor, subject, data, created_at FROM media_pipeline_sealedentry "
        "WHERE subject = %s",
    ],
    ids=["changed", "taken out", "doubled"],
)
def test_a_touched_entry_of_the_sealed_log_is_found(books: LedgerTransaction, what: str) -> None:
    tamper(what, f"economics.ledgertransaction:{books.pk}")
    assert list(verify())


def test_a_row_and_its_entry_of_the_log_cannot_be_changed_together(
    books: LedgerTransaction,
) -> None:
    """The seal needs a key that is not in the database."""
    tamper(f"UPDATE {ROW.format('external = %s')}", "another", books.pk)
    books.refresh_from_db()
    amounts = {one.account.key: one.amount for one in books.entries.select_related("account")}
    tamper(
        "UPDATE media_pipeline_sealedentry SET data = jsonb_build_object('digest', %s::text) "
        "WHERE subject = %s",
        digest(books, amounts),
        f"economics.ledgertransaction:{books.pk}",
    )
    (found,) = verify()
    assert "does not fit its entries" in found.sentence


def test_the_account_of_roundings_is_always_zero(books: LedgerTransaction) -> None:
    post("wrong", "wrong", [leg(Kind.ROUNDING, 1), leg(Kind.OPERATOR_FUNDING, -1)])
    (found,) = verify()
    assert found.where == "rounding:"


def test_the_queries_do_not_grow_with_the_ledger(
    django_assert_num_queries: Any, books: LedgerTransaction
) -> None:
    with django_assert_num_queries(16):
        list(verify())
    for n in range(5):
        post("more", f"{n}", [leg(Kind.REFUND_LOSS, 1), leg(Kind.OPERATOR_FUNDING, -1)])
    with django_assert_num_queries(16):
        list(verify())
