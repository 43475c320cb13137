"""People, as a search finds them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from config.lib import page_cache
from social.models import User
from tracks.access import User as Viewer
from tracks.findable import findable
from tracks.models import Label, Playlist, Release, Track
from tracks.search.registry import Entry, Found, Kind, register


def _build(keys: Sequence[str]) -> list[Entry]:
    rows = User.objects.visible_to(AnonymousUser()).filter(pk__in=keys).exclude(handle="system")
    return [
        Entry(
            row.pk,
            row.name,
            makers=[row.handle],
            standing=int(row.date_joined.timestamp()),
        )
        for row in rows
    ]


OWNED = (("track", Track), ("list", Release), ("list", Playlist), ("label", Label))


def _quoted_by(people: Sequence[UUID]) -> Iterator[str]:
    for prefix, model in OWNED:
        rows: Any = model._default_manager
        for key in rows.filter(owner__in=people).order_by().values_list("pk", flat=True):
            yield f"{prefix}:{key}"


def _opened(viewer: Viewer) -> Any:
    return findable(User.objects.visible_to(viewer)).exclude(handle="system")


def _dress(keys: Sequence[UUID], viewer: Viewer) -> list[Found]:
    rows: dict[UUID, User] = _opened(viewer).in_bulk(keys)
    found = [rows[key] for key in keys if key in rows]
    page_cache.shows(*(f"person:{row.pk}" for row in found))
    return [Found(row.pk, row.name, row.get_absolute_url(), f"@{row.handle}") for row in found]


def register_all() -> None:
    """Say that people can be found."""
    found = Kind("person", "People", "person", User.objects.all, _build, _opened, _dress, place=40)
    register(replace(found, quoted_by=_quoted_by))
