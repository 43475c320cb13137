"""What every step of a contribution needs: its words in ledger and events, and what refuses it."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from config.lib.problems import Problem
from economics.ledger import services as ledger
from economics.models import Contribution
from economics.models.ledger import REFERENCE_CHARS
from media_pipeline.events.services import OWNER, Told, tell_each

Mode = Contribution.Mode


def key_of(given: Contribution, step: str) -> str:
    """Return for what the ledger writes this step once."""
    return f"contribution:{given.pk}:{step}"


def posting(
    given: Contribution,
    step: str,
    legs: list[ledger.Leg],
    effective_at: datetime | None = None,
    external: str = "",
) -> ledger.Posting:
    """Return what the ledger is to write of a step."""
    return ledger.Posting(
        f"contribution.{step.split(':')[0]}",
        key_of(given, step),
        legs,
        subject=given.pk,
        external=external or given.reference,
        effective_at=effective_at,
    )


class Deed(NamedTuple):
    """A contribution to which something has happened, and by whom."""

    given: Contribution
    by: UUID | None


def tell_all(kind: str, deeds: Iterable[Deed]) -> None:
    """Tell that this has happened to each of these."""
    told = [
        Told(one, by, {"contribution": str(one.pk), "artist": str(one.artist_id or "")})
        for one, by in deeds
    ]
    tell_each(kind, told, audience=OWNER)


def require(given: Contribution, *statuses: str) -> None:
    """Raise Problem `not-…` unless it is in one of these states."""
    if given.status not in statuses:
        sentence = f"This contribution is {given.get_status_display().lower()}."
        raise Problem(f"not-{statuses[0]}", sentence, status=409)


def require_short(reference: str) -> None:
    """Raise Problem `reference-too-long`."""
    if len(reference.strip()) > REFERENCE_CHARS:
        sentence = f"A reference has at most {REFERENCE_CHARS} characters."
        raise Problem("reference-too-long", sentence, field="reference")


def require_pooled(given: Contribution) -> None:
    """Raise Problem `not-pooled` for what never was with this site."""
    if given.mode != Mode.POOLED:
        sentence = "It went to its recipient directly: only they can give it back."
        raise Problem("not-pooled", sentence, status=409)
