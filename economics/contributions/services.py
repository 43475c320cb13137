"""What happens to a contribution, each step once: its row, its ledger and its event together.

Declared → confirmed → refunded, or disputed and then confirmed again or lost; or cancelled, or
failed. A step that was taken before is returned as it stands, so that whatever comes twice, or
late, leads to the same ledger.
"""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction

from config.lib.problems import Problem
from economics import events
from economics.contributions import arriving, rules
from economics.contributions.arriving import Arrival
from economics.contributions.selectors import was_sent_back
from economics.contributions.steps import (
    Deed,
    key_of,
    posting,
    require,
    require_pooled,
    require_short,
    tell_all,
)
from economics.ledger import services as ledger
from economics.ledger.services import Leg
from economics.models import Contribution, LedgerTransaction, Price
from economics.providers.services import ask_to_start
from social.models import User

Status, Mode = Contribution.Status, Contribution.Mode
REFERENCE_IN_KEY = 64


def locked(pk: UUID) -> Contribution:
    """Return a contribution that nobody else changes until this transaction ends."""
    found: Contribution = Contribution.objects.select_for_update().get(pk=pk)
    return found


@transaction.atomic
def declare(given: Contribution) -> Contribution:
    """Write down that somebody says they give this. Its entrance has checked every word of it."""
    given.buys = Price.objects.reached_by(given, rules.parts_of(given)[rules.ARTIST])
    given.save(force_insert=True)
    if given.mode == Mode.DIRECT:
        _post(given, "declared", rules.declared(given))
    ask_to_start(given)
    _tell(events.DECLARED, given, given.giver_id)
    return given


@transaction.atomic
def confirm(
    pk: UUID,
    *,
    reference: str,
    by: User | None = None,
    fee: int = 0,
    effective_at: datetime | None = None,
    country: str = "",
) -> Contribution:
    """Write down that it has come in: `fee` of it, in minor units, is what the provider kept.

    A pooled one gets a receipt with the next number, and with the tax that is within the platform's
    share for the giver's `country` (ISO 3166; else as they said it). Raises Problem `not-declared`
    for one that was cancelled, given back or is disputed, `fee-too-high`, `reference-missing`,
    `reference-too-long`.
    """
    given = locked(pk)
    if given.status == Status.CONFIRMED:
        return given
    one = Arrival(given, reference, fee, by, effective_at, country)
    arriving.require_right(one)
    arriving.write([one])
    return given


@transaction.atomic
def refund(pk: UUID, *, reference: str, by: User | None = None) -> Contribution:
    """Give all of it back: the fee stays as a loss, what was paid out is recovered from what comes.

    Raises Problem `not-confirmed`, `not-pooled`, `sent-back`.
    """
    given = locked(pk)
    if given.status == Status.REFUNDED:
        return given
    require(given, Status.CONFIRMED)
    require_pooled(given)
    if was_sent_back(given):
        raise Problem("sent-back", "A part of it was sent back to its giver before.", status=409)
    require_short(reference)
    given.status = Status.REFUNDED
    given.save(update_fields=["status"])
    _post(given, "refunded", rules.given_back(given, _tax_bp(given)), external=reference)
    _tell(events.REFUNDED, given, by.pk if by else None)
    return given


@transaction.atomic
def dispute(pk: UUID, *, reference: str, by: User | None = None) -> Contribution:
    """A giver's bank asks it back: the provider holds it until that is decided.

    `reference` tells this dispute from another of the same contribution, which is refused while
    one is open. Raises Problem `not-confirmed`, `not-pooled`.
    """
    given = locked(pk)
    if _was(given, _dispute("opened", reference)):
        return given  # one that is over may be told of once more
    require(given, Status.CONFIRMED)  # nor is it disputed twice at once: one amount is held apart
    require_pooled(given)
    require_short(reference)
    given.status = Status.DISPUTED
    given.save(update_fields=["status"])
    _post(given, _dispute("opened", reference), rules.disputed(given), external=reference)
    _tell(events.DISPUTED, given, by.pk if by else None)
    return given


@transaction.atomic
def end_dispute(pk: UUID, *, won: bool, reference: str, by: User | None = None) -> Contribution:
    """A dispute ended: won, the money is with the provider again; lost, it is the giver's.

    Raises Problem `not-disputed`.
    """
    given = locked(pk)
    step, other = (
        _dispute(end, reference) for end in (["won", "lost"] if won else ["lost", "won"])
    )
    if _was(given, step):
        return given
    require(given, Status.DISPUTED)
    # One that ended before is not the open one, whatever is told of it late.
    if _was(given, other) or not _was(given, _dispute("opened", reference)):
        raise Problem("not-disputed", "This is another dispute than the open one.", status=409)
    given.status = Status.CONFIRMED if won else Status.LOST
    given.save(update_fields=["status"])
    legs = rules.dispute_won(given) if won else rules.dispute_lost(given, _tax_bp(given))
    _post(given, step, legs, external=reference)
    _tell(events.DISPUTE_ENDED, given, by.pk if by else None)
    return given


@transaction.atomic
def cancel(pk: UUID, *, by: User | None = None, failed: bool = False) -> Contribution:
    """Nothing came in, and nothing is waited for any more. A direct one's memo is taken back.

    Raises Problem `not-declared`.
    """
    given = locked(pk)
    ended = Status.FAILED if failed else Status.CANCELLED
    if given.status in (ended, Status.CANCELLED):
        return given
    require(given, Status.DECLARED, Status.FAILED)
    was_failed, given.status = given.status == Status.FAILED, ended
    given.save(update_fields=["status"])
    if given.mode == Mode.DIRECT and not was_failed:
        memo = LedgerTransaction.objects.get(key=key_of(given, "declared"))
        ledger.reverse(memo, "contribution.cancelled", key_of(given, "cancelled"))
    _tell(events.CANCELLED, given, by.pk if by else None)
    return given


def _post(given: Contribution, step: str, legs: list[Leg], *, external: str = "") -> None:
    ledger.post_all([posting(given, step, legs, external=external)])


def _was(given: Contribution, step: str) -> bool:
    """Tell whether this step was taken before."""
    return LedgerTransaction.objects.filter(key=key_of(given, step)).exists()


def _dispute(step: str, reference: str) -> str:
    """Return a step that tells this dispute from others, in what a key has room for."""
    if len(reference) > REFERENCE_IN_KEY:
        reference = hashlib.sha256(reference.encode()).hexdigest()
    return f"dispute_{step}:{reference}"


def _tax_bp(given: Contribution) -> int:
    """Return the rate that counted when it came in: what is taken back is of that time."""
    return given.receipt.tax_rate_bp


def _tell(kind: str, given: Contribution, by: UUID | None) -> None:
    tell_all(kind, [Deed(given, by)])
