"""What has come in, many at once: the work of one is the work of many, in the same few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from config.lib.problems import Problem
from economics import events
from economics.contributions import rules
from economics.contributions.steps import Deed, posting, require, require_short, tell_all
from economics.ledger import services as ledger
from economics.models import Contribution, Receipt
from media_pipeline.locks import lock
from social.models import User

Status, Mode = Contribution.Status, Contribution.Mode
FEE_TOO_HIGH = "A fee is not more than what was given, and nothing where that went directly."
WRITTEN = ("fee", "reference", "confirmed_by", "status", "confirmed_at")


@dataclass(frozen=True)
class Arrival:
    """A contribution that its caller has locked, and how it has come in; see `services.confirm`."""

    given: Contribution
    reference: str
    fee: int = 0
    by: User | None = None
    effective_at: datetime | None = None
    country: str = ""


def require_right(one: Arrival) -> None:
    """Raise Problem where this cannot have come in so; see `services.confirm`."""
    given = one.given
    # What failed directly has no memo any more: it is declared anew.
    require(given, Status.DECLARED, *([Status.FAILED] if given.mode == Mode.POOLED else []))
    if not one.reference.strip():
        raise Problem("reference-missing", "Say by what reference it came in.", field="reference")
    require_short(one.reference)
    # Nobody between keeps anything of what goes directly: its memo is of the whole.
    if not 0 <= one.fee <= (given.amount if given.mode == Mode.POOLED else 0):
        raise Problem("fee-too-high", FEE_TOO_HIGH, field="fee")


def write(arrivals: Sequence[Arrival]) -> None:
    """Write down that these have come in, each once and right; needs a transaction.

    Their rows, ledger, receipts and events are of that transaction: all of it is there, or nothing.
    """
    for one in arrivals:
        given = one.given
        given.fee, given.reference, given.confirmed_by = one.fee, one.reference.strip(), one.by
        given.status, given.confirmed_at = Status.CONFIRMED, one.effective_at or timezone.now()
    Contribution.objects.bulk_update([one.given for one in arrivals], WRITTEN)
    pooled = [one for one in arrivals if one.given.mode == Mode.POOLED]
    receipts = [_receipt(one) for one in pooled]
    ledger.post_all([part for one in receipts for part in _postings(one)])
    _number(receipts)
    tell_all(events.CONFIRMED, (Deed(one.given, one.by.pk if one.by else None) for one in arrivals))


def _receipt(one: Arrival) -> Receipt:
    country = one.country or one.given.country
    rate = rules.tax_rate(country)
    return Receipt(contribution=one.given, country=country.upper(), tax_rate_bp=rate)


def _postings(receipt: Receipt) -> list[ledger.Posting]:
    given = receipt.contribution
    legs = rules.received(given, receipt.tax_rate_bp)
    found = [posting(given, "received", legs, given.confirmed_at)]
    if given.fee:
        found.append(posting(given, "fee", rules.fee_kept(given), given.confirmed_at))
    return found


def _number(receipts: Sequence[Receipt]) -> None:
    """Give them the next numbers: one giver of numbers at a time, and none is lost.

    What is rolled back takes its numbers along before anybody else can have seen them.
    """
    if not receipts:
        return
    lock("receipt")
    last = Receipt.objects.order_by("number").values_list("number", flat=True).last()
    for number, one in enumerate(receipts, (last or 0) + 1):
        one.number = number
    Receipt.objects.bulk_create(receipts)
