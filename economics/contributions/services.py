"""What happens to a contribution, each step once: its row, its ledger and its event together.

Declared → confirmed → refunded, or disputed and then confirmed again or lost; or cancelled, or
failed. A step that was taken before is returned as it stands, so that whatever comes twice, or
late, leads to the same ledger.
"""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from config.lib.problems import Problem
from economics import events
from economics.contributions import rules
from economics.ledger import services as ledger
from economics.models import Contribution, LedgerTransaction, Price, Receipt
from economics.models.ledger import REFERENCE_CHARS
from economics.providers.services import ask_to_start
from media_pipeline.events.services import OWNER, tell
from media_pipeline.locks import lock
from social.models import User

Status, Mode = Contribution.Status, Contribution.Mode
REFERENCE_IN_KEY = 64
FEE_TOO_HIGH = "A fee is not more than what was given, and nothing where that went directly."


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
    # What failed directly has no memo any more: it is declared anew.
    _require(given, Status.DECLARED, *([Status.FAILED] if given.mode == Mode.POOLED else []))
    if not reference.strip():
        raise Problem("reference-missing", "Say by what reference it came in.", field="reference")
    _require_short(reference)
    if not 0 <= fee <= (given.amount if given.mode == Mode.POOLED else 0):
        raise Problem("fee-too-high", FEE_TOO_HIGH, field="fee")
    given.fee, given.reference, given.confirmed_by = fee, reference.strip(), by
    given.status, given.confirmed_at = Status.CONFIRMED, effective_at or timezone.now()
    given.save()
    if given.mode == Mode.POOLED:
        country = country or given.country
        tax_bp = rules.tax_rate(country)
        _post(given, "received", rules.received(given, tax_bp), given.confirmed_at)
        if given.fee:
            _post(given, "fee", rules.fee_kept(given), given.confirmed_at)
        _number(given, country, tax_bp)
    _tell(events.CONFIRMED, given, by.pk if by else None)
    return given


@transaction.atomic
def refund(pk: UUID, *, reference: str, by: User | None = None) -> Contribution:
    """Give all of it back: the fee stays as a loss, what was paid out is recovered from what comes.

    Raises Problem `not-confirmed`, `not-pooled`.
    """
    given = locked(pk)
    if given.status == Status.REFUNDED:
        return given
    _require(given, Status.CONFIRMED)
    _require_pooled(given)
    _require_short(reference)
    given.status = Status.REFUNDED
    given.save(update_fields=["status"])
    _post(given, "refunded", rules.given_back(given, _tax_bp(given)), external=reference)
    _tell(events.REFUNDED, given, by.pk if by else None)
    return given


@transaction.atomic
def dispute(pk: UUID, *, reference: str, by: User | None = None) -> Contribution:
    """A giver's bank asks it back: the provider holds it until that is decided.

    `reference` tells this dispute from another of the same contribution. Raises Problem
    `not-confirmed`, `not-pooled`.
    """
    given = locked(pk)
    if given.status == Status.DISPUTED or _was(given, _dispute("opened", reference)):
        return given  # one that is over may be told of once more
    _require(given, Status.CONFIRMED)
    _require_pooled(given)
    _require_short(reference)
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
    _require(given, Status.DISPUTED)
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
    _require(given, Status.DECLARED, Status.FAILED)
    was_failed, given.status = given.status == Status.FAILED, ended
    given.save(update_fields=["status"])
    if given.mode == Mode.DIRECT and not was_failed:
        memo = LedgerTransaction.objects.get(key=_key(given, "declared"))
        ledger.reverse(memo, "contribution.cancelled", _key(given, "cancelled"))
    _tell(events.CANCELLED, given, by.pk if by else None)
    return given


def _post(
    given: Contribution,
    step: str,
    legs: list[ledger.Leg],
    effective_at: datetime | None = None,
    external: str = "",
) -> None:
    ledger.post(
        f"contribution.{step.split(':')[0]}",
        _key(given, step),
        legs,
        subject=given.pk,
        external=external or given.reference,
        effective_at=effective_at,
    )


def _was(given: Contribution, step: str) -> bool:
    """Tell whether this step was taken before."""
    return LedgerTransaction.objects.filter(key=_key(given, step)).exists()


def _key(given: Contribution, step: str) -> str:
    return f"contribution:{given.pk}:{step}"


def _dispute(step: str, reference: str) -> str:
    """Return a step that tells this dispute from others, in what a key has room for."""
    if len(reference) > REFERENCE_IN_KEY:
        reference = hashlib.sha256(reference.encode()).hexdigest()
    return f"dispute_{step}:{reference}"


def _tax_bp(given: Contribution) -> int:
    """Return the rate that counted when it came in: what is taken back is of that time."""
    return given.receipt.tax_rate_bp


def _number(given: Contribution, country: str, tax_bp: int) -> None:
    """Give it the next number: one at a time, and none is lost with what is rolled back."""
    lock("receipt")
    last = Receipt.objects.order_by("number").values_list("number", flat=True).last()
    Receipt.objects.create(
        number=(last or 0) + 1,
        contribution=given,
        country=country.upper(),
        tax_rate_bp=tax_bp,
    )


def _require(given: Contribution, *statuses: str) -> None:
    if given.status not in statuses:
        sentence = f"This contribution is {given.get_status_display().lower()}."
        raise Problem(f"not-{statuses[0]}", sentence, status=409)


def _require_short(reference: str) -> None:
    if len(reference.strip()) > REFERENCE_CHARS:
        sentence = f"A reference has at most {REFERENCE_CHARS} characters."
        raise Problem("reference-too-long", sentence, field="reference")


def _require_pooled(given: Contribution) -> None:
    if given.mode != Mode.POOLED:
        sentence = "It went to its recipient directly: only they can give it back."
        raise Problem("not-pooled", sentence, status=409)


def _tell(kind: str, given: Contribution, by: UUID | None) -> None:
    artist = str(given.artist_id or "")
    tell(kind, of=given, by=by, audience=OWNER, contribution=str(given.pk), artist=artist)
