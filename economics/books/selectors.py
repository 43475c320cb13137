"""Reading the ledger from its beginning to its end, in bounded memory."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from economics.models import LedgerEntry, LedgerTransaction

AT_ONCE = 1000


class Line(NamedTuple):
    """One entry as it stands in its table, with its account's key."""

    account: str
    amount: int
    currency: str


class Written(NamedTuple):
    """A transaction with its entries."""

    row: LedgerTransaction
    lines: list[Line]


def as_written() -> Iterator[list[Written]]:
    """Yield every transaction there is, by its id, many at once; two queries for each thousand."""
    last: UUID | None = None
    while rows := list(_after(last)[:AT_ONCE]):
        yield _with_lines(rows)
        last = rows[-1].pk


def as_effective(before: datetime | None = None) -> Iterator[Written]:
    """Yield every transaction of before that moment, in the order in which they took effect."""
    place: tuple[datetime, UUID] | None = None
    rows: Any = LedgerTransaction.objects.order_by("effective_at", "id")
    if before:
        rows = rows.filter(effective_at__lt=before)
    while found := list(rows.filter(_behind(place))[:AT_ONCE]):
        yield from _with_lines(found)
        place = (found[-1].effective_at, found[-1].pk)


def _after(last: UUID | None) -> Any:
    rows = LedgerTransaction.objects.order_by("id")
    return rows.filter(pk__gt=last) if last else rows


def _behind(place: tuple[datetime, UUID] | None) -> Q:
    if place is None:
        return Q()
    moment, key = place
    return Q(effective_at__gt=moment) | Q(effective_at=moment, pk__gt=key)


def _with_lines(rows: list[LedgerTransaction]) -> list[Written]:
    lines: dict[UUID, list[Line]] = {row.pk: [] for row in rows}
    entries = LedgerEntry.objects.filter(transaction__in=rows).order_by("account__key", "id")
    found = entries.values_list("transaction_id", "account__key", "amount", "currency")
    for key, account, amount, code in found:
        lines[key].append(Line(account, amount, code))
    return [Written(row, lines[row.pk]) for row in rows]
