"""Names of artists, as a search finds them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from config.lib import page_cache
from tracks.access import User
from tracks.findable import findable
from tracks.models import Credit, Name
from tracks.search.registry import Entry, Found, Kind, register


def _build(keys: Sequence[str]) -> list[Entry]:
    rows = Name.objects.visible_to(AnonymousUser()).filter(pk__in=keys)
    return [Entry(row.pk, row.name, said=[row.key]) for row in rows]


def _quoted_by(names: Sequence[UUID]) -> Iterator[str]:
    credits = Credit.objects.filter(name__in=names, track__isnull=False).order_by()
    for track in credits.values_list("track", flat=True).distinct():
        yield f"track:{track}"


def _opened(viewer: User) -> Any:
    return findable(Name.objects.visible_to(viewer))


def _dress(keys: Sequence[UUID], viewer: User) -> list[Found]:
    rows: dict[UUID, Name] = _opened(viewer).in_bulk(keys)
    found = [rows[key] for key in keys if key in rows]
    page_cache.shows(*(f"name:{row.slug}" for row in found))
    return [Found(row.pk, row.name, row.get_absolute_url()) for row in found]


def register_all() -> None:
    """Say that they can be found."""
    rows = Name.objects.all
    found = Kind("artist", "Artists", "name", rows, _build, _opened, _dress, key="slug", place=30)
    register(replace(found, quoted_by=_quoted_by))
