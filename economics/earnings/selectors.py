"""What an artist was given, summed from the ledger: by month, piece, charity and supporter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import TruncMonth

from economics.models import Charity, Contribution, LedgerAccount, LedgerEntry, account_key
from tracks.models import Release, Track

Kind, Status = LedgerAccount.Kind, Contribution.Status
NAMED_MOST, ROWS_MOST, AT_ONCE = 50, 50, 500
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
class Direct:
    """What is said to have gone to an artist without this site, and what of it they confirmed."""

    declared: int
    confirmed: int


def by_month(artist: Any, before: datetime | None = None) -> list[tuple[date, int]]:
    """Return what each month has brought, oldest first; one query."""
    rows = _entries(artist, before).annotate(month=TruncMonth("transaction__effective_at"))
    found = rows.values_list("month").annotate(total=Sum("amount")).order_by("month")
    return [(month.date(), -int(total)) for month, total in found]


def direct(artist: Any, before: datetime | None = None) -> Direct:
    """Return what never went through this site; one query."""
    memo = _of(account_key(Kind.MEMO_ARTIST, artist.pk), before)
    rows = memo.annotate(is_of=_column("status")).values_list("is_of").order_by()
    found = {status: -int(total) for status, total in rows.annotate(total=Sum("amount"))}
    return Direct(sum(found.values()), found.get(Status.CONFIRMED, 0))


def by_piece(artist: Any, before: datetime | None = None) -> list[Line]:
    """Return what was given on each piece and release, most first; three queries."""
    rows = _entries(artist, before).annotate(track=_column("track"), release=_column("release"))
    sums = rows.values_list("track", "release").annotate(total=Sum("amount"))
    most = sums.exclude(total=0).order_by("total")[:ROWS_MOST]  # what was given is below zero
    found = [(track, release, -int(total)) for track, release, total in most]
    tracks = Track.everything.in_bulk([track for track, _release, _total in found if track])
    releases = Release.everything.in_bulk([release for _track, release, _total in found if release])
    lines = []
    for track, release, total in found:
        thing: Any = tracks.get(track) or releases.get(release)
        # What is deleted has no page any more.
        is_open = thing is not None and thing.deleted_at is None
        name = thing.title if thing else "On your page, or on a piece that is gone"
        lines.append(Line(name, total, thing.get_absolute_url() if is_open else ""))
    return lines


def by_charity(artist: Any, before: datetime | None = None) -> list[Line]:
    """Return what givers shared with each charity beside the artist, most first; two queries."""
    given = Contribution.objects.filter(artist=artist).values("pk")
    kinds = (Kind.CHARITY_PAYABLE, Kind.MEMO_CHARITY)
    entries = LedgerEntry.objects.counting(before).filter(account__kind__in=kinds)
    rows = entries.filter(transaction__subject__in=given).order_by().values_list("account__party")
    found = {UUID(party): -int(total) for party, total in rows.annotate(total=Sum("amount"))}
    names = Charity.objects.in_bulk([*found])
    lines = [
        Line(names[pk].name, amount, f"/charities/{names[pk].slug}/")
        for pk, amount in found.items()
        if amount
    ]
    return sorted(lines, key=lambda line: (-line.amount, line.name))


def supporters(artist: Any) -> tuple[list[Supporter], int]:
    """Return who gave with their name beside it, newest first, and how many others; two queries.

    Others: people with an account are counted once each, without one each time they gave.
    """
    given = Contribution.objects.filter(artist=artist, status__in=GIVEN, artist_bp__gt=0)
    named = given.filter(is_public=True, giver__left_at=None).exclude(giver=None)
    rows = named.values_list("giver__handle", "giver__display_name").order_by()
    found = rows.annotate(times=Count("pk"), last=Max("created_at")).order_by("-last")[:NAMED_MOST]
    people = [
        Supporter(name or handle, f"/@{handle}/", times, last)
        for handle, name, times, last in found
    ]
    others = given.exclude(giver__in=named.values("giver"))
    counts = others.aggregate(
        people=Count("giver", distinct=True), visitors=Count("pk", filter=Q(giver=None))
    )
    return people, counts["people"] + counts["visitors"]


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
    return entries.filter(transaction__kind__startswith="contribution.").order_by()


def _of(key: str, before: datetime | None) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.counting(before).filter(account__key=key)


def _column(name: str) -> Subquery:
    given = Contribution.objects.filter(pk=OuterRef("transaction__subject"))
    return Subquery(given.values(name)[:1])
