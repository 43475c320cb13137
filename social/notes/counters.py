"""How many notes on a track are still open."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Count

from social.models import Note
from tracks.counters import register


def _open(ids: list[UUID]) -> Mapping[UUID, int]:
    notes = Note.objects.filter(track__in=ids, parent=None, removed_at=None, resolution=None)
    counted = notes.order_by().values("track").annotate(count=Count("pk"))
    return {row["track"]: row["count"] for row in counted}


def register_all() -> None:
    """Say what is counted; its owner sees it."""
    register("open-notes", "{} open note", "{} open notes", _open)
