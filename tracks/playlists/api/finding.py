"""Finding the playlist that a program names."""

from typing import Any
from uuid import UUID

from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from tracks.collections import selectors as collecting
from tracks.models import Playlist


def opened(request: Request, id: UUID) -> Any:
    """Return the playlist, by right or by its key. Raises NotFound."""
    rows = collecting.opened("playlist", request.user, request.query_params.get("token", ""))
    return _one(rows, id)


def arranged(request: Request, id: UUID) -> Any:
    """Return the playlist whose order the asker may change. Raises NotFound."""
    return _one(Playlist.objects.arranged_by(request.user).select_related("owner"), id)


def own(request: Request, id: UUID) -> Any:
    """Return the asker's own. Raises NotFound."""
    return _one(Playlist.objects.filter(owner_id=request.user.pk).select_related("owner"), id)


def _one(rows: Any, id: UUID) -> Any:
    found = collecting.with_those_who_work("playlist", rows).filter(pk=id).first()
    if found is None:
        raise NotFound
    return found
