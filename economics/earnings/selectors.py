"""What an artist was given, summed from the ledger: by month, piece, charity and supporter."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import TruncMonth

from config.lib.paging import Micros, Page, moment_cursor, page, read_moment_cursor
from economics.models import Contribution, LedgerAccount, LedgerEntry, account_key
from tracks.models import Release, Track

Kind, Status = LedgerAccount.Kind, Contribution.Status
MOST, ROWS_MOST, AT_ONCE = 50, 50, 500
GIVEN_KINDS = "contribution."
MODELS: dict[str, Any] = {"track": Track, "release": Release}
# What came in, or is said to have: a declared one that was cancelled or lost has no supporter.
GIVEN = (Status.CONFIRMED, Status.DISPUTED)


@dataclass(frozen=True)
class Line:
    """One line of a table; minor units."""

    name: str
    amount: int
    url: str = ""


@dataclass(frozen=True)
class Supporter:
    """Somebody who gave with their name beside it."""

    name: str
    url: str
    times: int
    last: datetime


@dataclass(frozen=True)
class Sums:
    """What accounts of one artist come to, in minor units; months with the oldest first.

    Declared is what is said to have gone to them without this site, confirmed what of it they saw.
    """

    months: list[tuple[date, int]]
    declared: int
    confirmed: int
    owed: int
    sent: int

    @property
    def total(self) -> int:
        """Return all that was given."""
        return sum(amount for _month, amount in self.months)


def sums(artist: Any, before: datetime | None = None) -> Sums:
    """Return what was given each month, what never went through this site, and what is owed."""
    kinds = (Kind.ARTIST_PAYABLE, Kind.MEMO_ARTIST, Kind.ARTIST_DISBURSED)
    keys = [account_key(kind, artist.pk) for kind in kinds]
    entries = LedgerEntry.objects.counting(before).filter(account__key__in=keys).order_by()
    rows = entries.annotate(
        month=TruncMonth("transaction__effective_at"),
        is_of=_column("status"),
        is_given=Q(transaction__kind__startswith=GIVEN_KINDS),
    ).values_list("account__kind", "is_given", "month", "is_of")
    months: Counter[date] = Counter()
    of: Counter[str] = Counter()
    confirmed = 0
    for kind, is_given, month, is_of, amount in rows.annotate(total=Sum("amount")):
        of[kind] += amount
        if is_given and kind != Kind.ARTIST_DISBURSED:
            months[month.date()] -= amount
        if kind == Kind.MEMO_ARTIST and is_of == Status.CONFIRMED:
            confirmed -= amount
    owed, declared = -of[Kind.ARTIST_PAYABLE], -of[Kind.MEMO_ARTIST]
    return Sums(sorted(months.items()), declared, confirmed, owed, of[Kind.ARTIST_DISBURSED])


def by_piece(artist: Any, before: datetime | None = None) -> list[Line]:
    """Return what was given on each piece and release, most first; two queries."""
    rows = _entries(artist, before).annotate(track=_column("track"), release=_column("release"))
    sums = rows.values_list("track", "release").annotate(total=Sum("amount"))
    most = sums.exclude(total=0).order_by("total")[:ROWS_MOST]  # what was given is below zero
    found = [(track, release, -int(total)) for track, release, total in most]
    things = _things([key for track, release, _total in found if (key := track or release)])
    lines = []
    for track, release, total in found:
        title, url = things.get(track or release, ("On your page, or on a piece that is gone", ""))
        lines.append(Line(title, total, url))
    return lines


def by_charity(artist: Any, before: datetime | None = None) -> list[Line]:
    """Return what givers shared with each charity beside the artist, most first; one query."""
    given = Contribution.objects.filter(artist=artist).values("pk")
    kinds = (Kind.CHARITY_PAYABLE, Kind.MEMO_CHARITY)
    entries = LedgerEntry.objects.counting(before).filter(account__kind__in=kinds)
    rows = entries.filter(transaction__subject__in=given).order_by()
    named = rows.annotate(name=_column("charity__name"), slug=_column("charity__slug"))
    found = named.values_list("name", "slug").annotate(total=Sum("amount"))
    lines = [Line(name, -int(total), f"/charities/{slug}/") for name, slug, total in found if total]
    return sorted(lines, key=lambda line: (-line.amount, line.name))


def supporters(artist: Any, cursor: str = "") -> Page[Supporter]:
    """Return a page of who gave with their name beside it, newest first; one query."""
    rows = _named(artist).values_list("giver", "giver__handle", "giver__display_name").order_by()
    rows = rows.annotate(
        times=Count("pk"), last=Max("created_at"), micros=Micros(Max("created_at"))
    )
    if cursor:
        moment, key = read_moment_cursor(cursor)
        rows = rows.filter(Q(last__lt=moment) | Q(last=moment, giver__lt=key))
    found = page(rows.order_by("-last", "-giver"), lambda row: moment_cursor(row[5], row[0]), MOST)
    people = [
        Supporter(name or handle, f"/@{handle}/", times, last)
        for _key, handle, name, times, last, _micros in found.rows
    ]
    return Page(people, found.next_cursor)


def others(artist: Any) -> int:
    """Return how many gave without their name beside it; one query.

    People with an account are counted once each, without one each time they gave.
    """
    rest = _given(artist).exclude(giver__in=_named(artist).values("giver"))
    counts = rest.aggregate(
        people=Count("giver", distinct=True), visitors=Count("pk", filter=Q(giver=None))
    )
    return int(counts["people"] + counts["visitors"])


def all_of(artist: Any) -> Iterator[tuple[LedgerEntry, Contribution | None]]:
    """Yield every entry with its contribution, oldest first; some hundred at a time."""
    entries = _entries(artist, None).select_related("transaction")
    rows = entries.order_by("transaction__effective_at", "pk").iterator()
    while some := list(islice(rows, AT_ONCE)):
        wanted = {one.transaction.subject for one in some if one.transaction.subject}
        beside = Contribution.objects.select_related("track", "release", "charity", "giver")
        found = beside.in_bulk([*wanted])
        yield from ((one, found.get(one.transaction.subject)) for one in some)


def _entries(artist: Any, before: datetime | None) -> QuerySet[LedgerEntry]:
    """Return what an artist was given here, and what is said to have gone to them directly."""
    keys = [account_key(kind, artist.pk) for kind in (Kind.ARTIST_PAYABLE, Kind.MEMO_ARTIST)]
    entries = LedgerEntry.objects.counting(before).filter(account__key__in=keys)
    return entries.filter(transaction__kind__startswith=GIVEN_KINDS).order_by()


def _given(artist: Any) -> Any:
    return Contribution.objects.filter(artist=artist, status__in=GIVEN, artist_bp__gt=0)


def _named(artist: Any) -> Any:
    return _given(artist).filter(is_public=True, giver__left_at=None).exclude(giver=None)


def _things(keys: list[UUID]) -> dict[UUID, tuple[str, str]]:
    """Return title and page of pieces and releases; what is deleted has no page any more."""
    names = ("pk", "slug", "title", "deleted_at")
    both = [
        model.everything.filter(pk__in=keys)
        .order_by()
        .annotate(of=Value(name))
        .values(*names, "of")
        for name, model in MODELS.items()
    ]
    return {
        row["pk"]: (
            row["title"],
            "" if row["deleted_at"] else MODELS[row["of"]](slug=row["slug"]).get_absolute_url(),
        )
        for row in both[0].union(both[1])
    }


def _column(name: str) -> Subquery:
    given = Contribution.objects.filter(pk=OuterRef("transaction__subject"))
    return Subquery(given.values(name)[:1])
