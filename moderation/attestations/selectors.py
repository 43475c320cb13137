"""What was said of a piece, for whoever judges it."""

from uuid import UUID

from moderation.models import Attestation


def attestations_of(track: UUID) -> list[Attestation]:
    """Return what its owners have said of a track, here or gone, the last first."""
    rows = Attestation.objects.filter(track_key=track).select_related("person")
    return list(rows.order_by("-pk")[:20])
