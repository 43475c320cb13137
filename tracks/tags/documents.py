"""Tags, as a search finds them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet

from config.lib import page_cache
from tracks.access import User
from tracks.models import Tag, TrackTag
from tracks.search.registry import Entry, Found, Kind, register
from tracks.tags import selectors


def _build(keys: Sequence[str]) -> list[Entry]:
    rows = Tag.objects.filter(pk__in=keys, uses__gt=0, merged_into=None)
    return [Entry(row.pk, row.name, said=[row.key], standing=row.uses) for row in rows]


def _quoted_by(tags: Sequence[UUID]) -> Iterator[str]:
    named = TrackTag.objects.filter(tag__in=tags, state=TrackTag.State.ACCEPTED).order_by()
    for track in named.values_list("track", flat=True).distinct():
        yield f"track:{track}"


def _opened(_viewer: User) -> QuerySet[Tag]:
    return selectors.known()


def _dress(keys: Sequence[UUID], viewer: User) -> list[Found]:
    rows: dict[UUID, Tag] = _opened(viewer).in_bulk(keys)
    found = [rows[key] for key in keys if key in rows]
    page_cache.shows(*(f"tag:{row.pk}" for row in found))
    return [
        Found(row.pk, row.name, row.get_absolute_url(), f"{row.uses} track{'s' * (row.uses != 1)}")
        for row in found
    ]


def register_all() -> None:
    """Say that they can be found."""
    found = Kind("tag", "Tags", "tag", Tag.objects.all, _build, _opened, _dress, place=70)
    register(replace(found, quoted_by=_quoted_by))
