"""Reading the ledger: balances of any moment, by one query."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q, Sum

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


def now_and_before(keys: Collection[str], before: datetime | None) -> dict[str, tuple[int, int]]:
    """Return the balance of each of these accounts as of now, and before a moment; one query."""
    entries = LedgerEntry.objects.counting().filter(account__key__in=[*keys]).order_by()
    took_effect = Q(transaction__effective_at__lt=before) if before else None
    rows = entries.values_list("account__key").annotate(
        now=Sum("amount"), then=Sum("amount", filter=took_effect, default=0)
    )
    found = {key: (int(now), int(then)) for key, now, then in rows}
    return {key: found.get(key, (0, 0)) for key in keys}


def owed(kind: str, party: UUID | str = "", before: datetime | None = None) -> int:
    """Return what is owed to somebody: the balance of their account with its sign turned."""
    return -balance(kind, party, before)
