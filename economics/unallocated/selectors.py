"""Finding what is nobody's any more."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Min, Sum

from economics.models import Contribution, LedgerAccount, LedgerEntry, account_key
from social.models import User

Kind, Status = LedgerAccount.Kind, Contribution.Status
# Where what was set aside can be: taken back in this order.
PLACES = (Kind.UNALLOCATED, Kind.GIVER_PAYABLE, Kind.CHARITY_PAYABLE)


class Waiting(NamedTuple):
    """The part of a contribution that is nobody's, in minor units, and since when."""

    contribution: str
    amount: int
    since: datetime


class Place(NamedTuple):
    """An account on which some of a contribution is, in minor units."""

    kind: str
    party: str
    amount: int


def left_with_something() -> list[UUID]:
    """Return artists who have left and whose account is not at zero."""
    entries: Any = LedgerEntry.objects.counting().filter(account__kind=Kind.ARTIST_PAYABLE)
    sums = entries.order_by().values_list("account__party").annotate(total=Sum("amount"))
    parties = [party for party, _ in sums.exclude(total=0)]
    gone = User.objects.filter(pk__in=parties, left_at__isnull=False)
    return list(gone.order_by("pk").values_list("pk", flat=True))


def parts_of(artist: UUID) -> dict[UUID, int]:
    """Return what is left for an artist of each contribution, the newest first.

    What was paid out is of no contribution: it is of the oldest ones, as far as it goes.
    """
    entries: Any = LedgerEntry.objects.counting().filter(
        account__key=account_key(Kind.ARTIST_PAYABLE, artist),
        transaction__kind__regex=r"^(contribution|unallocated)\.",
    )
    rows = entries.order_by().values_list("transaction__subject")
    found = rows.annotate(total=Sum("amount"), first=Min("pk"))
    return {subject: -int(total) for subject, total, _ in found.order_by("-first") if total}


def places_of(contribution: UUID) -> list[Place]:
    """Return where the part of a contribution is that was set aside, and could be taken back."""
    entries: Any = LedgerEntry.objects.counting().filter(
        transaction__subject=contribution,
        transaction__kind__startswith="unallocated.",
        account__kind__in=PLACES,
    )
    rows = entries.order_by().values_list("account__kind", "account__party")
    found = [Place(kind, party, -int(t)) for kind, party, t in rows.annotate(t=Sum("amount"))]
    open_ = [place for place in found if place.amount > 0]
    return sorted(open_, key=lambda place: (PLACES.index(Kind(place.kind)), place.party))


def waiting(before: datetime | None = None) -> list[Waiting]:
    """Return what is nobody's, and was so before that moment, the oldest first.

    Of what came in and is not asked back: all else goes another way.
    """
    entries: Any = LedgerEntry.objects.counting().filter(account__kind=Kind.UNALLOCATED)
    rows = entries.order_by().values_list("account__party")
    sums = rows.annotate(total=Sum("amount"), since=Min("transaction__effective_at"))
    found = sums.filter(total__lt=0).order_by("since", "account__party")
    if before:
        found = found.filter(since__lt=before)
    rows = [Waiting(party, -int(total), since) for party, total, since in found]
    there = Contribution.objects.filter(pk__in=[row.contribution for row in rows])
    kept = {str(key) for key in there.filter(status=Status.CONFIRMED).values_list("pk", flat=True)}
    return [row for row in rows if row.contribution in kept]
