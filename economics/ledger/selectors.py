"""Reading the ledger: balances of any moment, by one query."""

from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from economics.models import LedgerEntry, account_key


def balances(before: datetime | None = None) -> dict[str, int]:
    """Return each account's balance by its key, of what took effect before that moment.

    Minor units; debits are positive, so what is owed is negative. Pending ones do not count.
    """
    rows = LedgerEntry.objects.counting(before).values_list("account__key").order_by()
    return {key: int(total) for key, total in rows.annotate(total=Sum("amount"))}


def balance(kind: str, party: UUID | str = "", before: datetime | None = None) -> int:
    """Return one account's balance; zero where there is none."""
    entries = LedgerEntry.objects.counting(before)
    return entries.filter(account__key=account_key(kind, party)).total()


def owed(kind: str, party: UUID | str = "", before: datetime | None = None) -> int:
    """Return what is owed to somebody: the balance of their account with its sign turned."""
    return -balance(kind, party, before)
