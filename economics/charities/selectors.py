"""Charities with what was given to them and sent on, from the ledger."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from economics.ledger import tallies
from economics.models import (
    Charity,
    Disbursement,
    DisbursementReceipt,
    LedgerAccount,
    Outgoing,
)

Kind = LedgerAccount.Kind
SHOWN = (Outgoing.Status.SENT, Outgoing.Status.FAILED)  # what was never sent shows nothing
FOLDER = "money/"


@dataclass(frozen=True)
class Totals:
    """Of one charity, in minor units; what was declared never came to this site.

    `owed` is below zero where something was given back after it was sent: the next run is smaller.
    """

    owed: int = 0
    disbursed: int = 0
    declared: int = 0

    @property
    def received(self) -> int:
        """Return all that was given for it here, and not given back."""
        return self.owed + self.disbursed


def totals(before: datetime | None = None) -> dict[str, Totals]:
    """Return those of each charity by its id, of what took effect before a moment."""
    kinds = {
        Kind.CHARITY_PAYABLE: ("owed", -1),
        Kind.CHARITY_DISBURSED: ("disbursed", 1),
        Kind.MEMO_CHARITY: ("declared", -1),
    }
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one in tallies.moved(before):
        if one.kind in kinds:
            name, sign = kinds[Kind(one.kind)]
            found[one.whose][name] += sign * (one.debit - one.credit)
    return {party: Totals(**words) for party, words in found.items()}


def shown() -> QuerySet[Charity]:
    """Return every charity, those that can be chosen first, by name."""
    return Charity.objects.order_by("-is_active", "name")


def runs(charity: Charity) -> QuerySet[Disbursement]:
    """Return what was sent to a charity, newest first, with its receipt files; two queries."""
    found: QuerySet[Disbursement] = charity.disbursements.filter(status__in=SHOWN)
    return found.prefetch_related("receipts").order_by("-sent_on", "-id")


def receipt(slug: str, pk: UUID) -> DisbursementReceipt | None:
    """Return a receipt file that everybody may fetch."""
    found = DisbursementReceipt.objects.filter(pk=pk, disbursement__charity__slug=slug)
    return found.filter(disbursement__status__in=SHOWN).first()


def known_keys(keys: Iterable[str]) -> set[str]:
    """Return those of these keys of the storage that a receipt file has."""
    return set(DisbursementReceipt.objects.filter(key__in=[*keys]).values_list("key", flat=True))
