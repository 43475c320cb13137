"""Finding what somebody gives each month."""

from typing import Any
from uuid import UUID

from economics.models import Pledge

MOST = 50


def own(person: Any) -> list[Pledge]:
    """Return what somebody gives each month and has not ended, newest first."""
    rows = Pledge.objects.filter(giver=person).exclude(status=Pledge.Status.CANCELLED)
    return list(rows.select_related("artist", "charity").order_by("-pk")[:MOST])


def find_own(person: Any, key: UUID) -> Pledge | None:
    """Return one of somebody's own, ended ones included."""
    rows = Pledge.objects.select_related("artist", "charity", "giver")
    return rows.filter(giver=person, pk=key).first()
