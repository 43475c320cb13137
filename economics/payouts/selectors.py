"""What is owed to an artist, what was sent, and every movement in between."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet, Sum, Window

from economics import money, outgoing
from economics.ledger import selectors as ledger
from economics.models import ArtistPayout, LedgerAccount, LedgerEntry, account_key

Kind = LedgerAccount.Kind
SHOWN, ASKED_MOST = 50, 100
WORDS = {
    "contribution.received": "Given",
    "contribution.refunded": "Given back",
    "contribution.dispute_lost": "Taken back by a bank",
    "payout.sent": "Sent to you",
    "payout.failed": "Did not arrive",
    "unallocated.set_aside": "Nobody’s, after leaving",
    "unallocated.taken_back": "Not nobody’s: given back",
}


@dataclass(frozen=True)
class Balance:
    """Of one artist, in minor units: what is owed, what can be asked for, what was sent."""

    owed: int
    free: int
    sent: int
    minimum: int

    @property
    def can_ask(self) -> bool:
        """Tell whether there is enough to be sent."""
        return self.free > 0 and self.free >= self.minimum


@dataclass(frozen=True)
class Movement:
    """One line of a statement; amounts are what the artist got, less what was sent."""

    at: datetime
    kind: str
    amount: int
    balance: int
    transaction: UUID

    @property
    def words(self) -> str:
        """Return what it was, as people read it."""
        return WORDS.get(self.kind, self.kind.replace(".", ": ").replace("_", " ").capitalize())


def minimum() -> int:
    """Return what can be asked for at least, in minor units."""
    return money.read(settings.NEXUS_PAYOUT_MINIMUM)


def balance(artist: Any, before: datetime | None = None) -> Balance:
    """Return what is owed to an artist as of a moment; what can be asked for is always of now.

    Two queries.
    """
    keys = [account_key(kind, artist.pk) for kind in (Kind.ARTIST_PAYABLE, Kind.ARTIST_DISBURSED)]
    (now, owed), (_, sent) = ledger.now_and_before(keys, before).values()
    free = -now - outgoing.prepared(ArtistPayout, artist.pk)
    return Balance(-owed, free, sent, minimum())


def payouts_of(artist: Any) -> QuerySet[ArtistPayout]:
    """Return what an artist has asked for, newest first."""
    found: QuerySet[ArtistPayout] = ArtistPayout.objects.filter(artist=artist)
    return found.order_by("-id")


def find_own(artist: Any, pk: UUID) -> ArtistPayout | None:
    """Return one of one's own."""
    return payouts_of(artist).filter(pk=pk).first()


def statement(artist: Any) -> list[Movement]:
    """Return the newest movements of what is owed to an artist, with what was owed after each."""
    rows = _movements(artist).order_by("-transaction__effective_at", "-pk")
    return [Movement(*row) for row in rows[:SHOWN]]


def whole_statement(artist: Any) -> Iterator[Movement]:
    """Yield every movement, oldest first; memory does not grow with them."""
    rows = _movements(artist).order_by("transaction__effective_at", "pk")
    return (Movement(*row) for row in rows.iterator())


def _movements(artist: Any) -> Any:
    after = Window(Sum(-F("amount")), order_by=[F("transaction__effective_at"), F("pk")])
    of_theirs = account_key(Kind.ARTIST_PAYABLE, artist.pk)
    entries = LedgerEntry.objects.counting().filter(account__key=of_theirs)
    return entries.annotate(got=-F("amount"), after=after).values_list(
        "transaction__effective_at", "transaction__kind", "got", "after", "transaction_id"
    )
