"""Tags, as a search finds them."""

from collections.abc import Iterator, Sequence
from functools import partial
from uuid import UUID

from config.lib import page_cache
from tracks.access import User
from tracks.models import Tag, TrackTag
from tracks.search.registry import Entry, Found, Kind, register


def _build(keys: Sequence[str]) -> list[Entry]:
    rows = Tag.objects.filter(pk__in=keys, uses__gt=0, merged_into=None)
    return [
        Entry(
            row.pk,
            row.name,
            said=[row.key],
            standing=row.uses,
            quoting=partial(_quoting, row.pk),
        )
        for row in rows
    ]


def _quoting(tag: UUID) -> Iterator[str]:
    for track in TrackTag.objects.filter(tag=tag).values_list("track", flat=True):
        yield f"track:{track}"


def _dress(keys: Sequence[UUID], _viewer: User) -> list[Found]:
    rows = Tag.objects.filter(uses__gt=0, merged_into=None).in_bulk(keys)
    found = [rows[key] for key in keys if key in rows]
    page_cache.shows(*(f"tag:{row.pk}" for row in found))
    return [
        Found(row.pk, row.name, row.get_absolute_url(), f"{row.uses} track{'s' * (row.uses != 1)}")
        for row in found
    ]


def register_all() -> None:
    """Say that they can be found."""
    register(Kind("tag", "Tags", "tag", Tag.objects.all, _build, _dress, place=70))
