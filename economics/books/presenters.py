"""The ledger as whoever keeps the books looks at it: filtered, page by page, with names to ids."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, Sum
from django.http import QueryDict

from config.lib.paging import Page, moment_cursor, page, read_moment_cursor
from economics.days import end_of, read_day
from economics.models import Charity, LedgerAccount, LedgerEntry, LedgerTransaction
from economics.money import told
from social.models import User

SIZE = 50
NOBODY = Q(pk__in=[])


@dataclass(frozen=True)
class Asked:
    """What of the ledger is asked for; empty for all.

    `account`: a kind, a party or a whole key. `subject`: an id. `day`: what took effect until its
    end.
    """

    account: str = ""
    kind: str = ""
    subject: str = ""
    day: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        """Return what the address asks for."""
        names = ("account", "kind", "subject", "day")
        return cls(**{name: query.get(name, "").strip()[:200] for name in names})


class Line(NamedTuple):
    """An entry, or an account with its balance: what the account is, whose, and how much."""

    account: LedgerAccount
    whose: str
    amount: str


def transactions(asked: Asked, before: str = "") -> Page[LedgerTransaction]:
    """Return a page of transactions with their `lines`, the newest first; at most four queries."""
    rows = LedgerTransaction.objects.filter(_matching(asked)).order_by("-effective_at", "-id")
    if before:
        moment, key = read_moment_cursor(before)
        rows = rows.filter(Q(effective_at__lt=moment) | Q(effective_at=moment, pk__lt=key))
    found = page(rows, _cursor, SIZE)
    entries = LedgerEntry.objects.filter(transaction__in=found.rows).select_related("account")
    lines: dict[UUID, list[LedgerEntry]] = {row.pk: [] for row in found.rows}
    for entry in entries.order_by("id"):
        lines[entry.transaction_id].append(entry)
    names = _names(one.account.party for some in lines.values() for one in some)
    for row in found.rows:
        row.lines = [  # type: ignore[attr-defined]
            Line(one.account, names.get(one.account.party, ""), told(one.amount))
            for one in lines[row.pk]
        ]
    return found


def balances(asked: Asked, before: str = "") -> Page[Line]:
    """Return a page of accounts by their keys, each with its balance as of the day; four queries.

    Debits are positive: what is owed to somebody is below zero.
    """
    rows = LedgerAccount.objects.filter(_account(asked.account)).order_by("key")
    found = page(rows.filter(key__gt=before) if before else rows, lambda one: one.key, SIZE)
    day = read_day(asked.day)
    entries = LedgerEntry.objects.counting(end_of(day) if day else None)
    grouped = entries.filter(account__in=found.rows).order_by().values_list("account")
    sums = dict(grouped.annotate(total=Sum("amount")))
    names = _names(one.party for one in found.rows)
    lines = [
        Line(one, names.get(one.party, ""), told(int(sums.get(one.pk, 0)))) for one in found.rows
    ]
    return Page(lines, found.next_cursor)


def kinds() -> list[str]:
    """Return every kind of transaction there is."""
    rows = LedgerTransaction.objects.order_by("kind").distinct()
    return list(rows.values_list("kind", flat=True))


def _matching(asked: Asked) -> Q:
    query = Q()
    if asked.account:
        accounts = LedgerAccount.objects.filter(_account(asked.account))
        of_them = LedgerEntry.objects.filter(account__in=accounts)
        query &= Q(pk__in=of_them.values("transaction"))
    if asked.kind:
        query &= Q(kind=asked.kind)
    if asked.subject:
        key = _uuid(asked.subject)
        query &= Q(subject=key) | Q(pk=key) if key else Q(external=asked.subject)
    if asked.day:
        day = read_day(asked.day)
        query &= Q(effective_at__lt=end_of(day)) if day else NOBODY
    return query


def _account(words: str) -> Q:
    return Q(key=words) | Q(kind=words) | Q(party=words) if words else Q()


def _names(parties: Iterable[str]) -> dict[str, str]:
    """Return whose accounts these are: handles of people, names of charities."""
    keys = {key for key in map(_uuid, set(parties)) if key}
    people = User.objects.filter(pk__in=keys).values_list("pk", "handle")
    charities = Charity.objects.filter(pk__in=keys).values_list("pk", "name")
    return {str(key): name for key, name in [*people, *charities]}


def _cursor(row: Any) -> str:
    micros = int(row.effective_at.timestamp()) * 1_000_000 + row.effective_at.microsecond
    return moment_cursor(micros, row.pk)


def _uuid(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None
