"""What is not removed for good for now: apps above say so, and each removal asks.

A grave matter keeps things (GDPR, art. 17 (3) (e)). Held things are closed and deleted like any
others; only their end waits.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from config.lib.problems import Problem

Ids = Callable[[], Any]
_tracks: list[Ids] = []
_lists: list[Ids] = []
_people: list[Ids] = []


def hold_tracks(ids: Ids) -> None:
    """Register a query of the ids of tracks that stay."""
    _tracks.append(ids)


def hold_lists(ids: Ids) -> None:
    """Register a query of the ids of releases and playlists that stay."""
    _lists.append(ids)


def hold_people(ids: Ids) -> None:
    """Register a query of the ids of people whose account stays."""
    _people.append(ids)


def held_tracks() -> Q:
    """Return the Q of tracks that are not removed now."""
    return _any(_tracks)


def held_lists() -> Q:
    """Return the Q of releases and playlists that are not removed now."""
    return _any(_lists)


def held_people() -> Q:
    """Return the Q of people whose account is not removed now."""
    return _any(_people)


def require_free(row: Any, held: Q) -> None:
    """Refuse to remove what is held. Raises Problem `is-held`."""
    if type(row)._base_manager.filter(held, pk=row.pk).exists():
        sentence = "This cannot be removed for good yet. It stays closed until then."
        raise Problem("is-held", sentence, status=409)


def _any(rules: list[Ids]) -> Q:
    found = Q(pk__in=[])
    for ids in rules:
        found |= Q(pk__in=ids())
    return found
