"""Tags, as a search finds them."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Subquery

from config.lib import page_cache
from tracks.access import User
from tracks.models import Tag, Track, TrackTag
from tracks.search.registry import Entry, Found, Kind, register


def _build(keys: Sequence[str]) -> list[Entry]:
    rows = Tag.objects.filter(pk__in=keys, uses__gt=0, merged_into=None)
    return [Entry(row.pk, row.name, said=[row.key], standing=row.uses) for row in rows]


def _quoted_by(tags: Sequence[UUID]) -> Iterator[str]:
    named = TrackTag.objects.filter(tag__in=tags, state=TrackTag.State.ACCEPTED).order_by()
    for track in named.values_list("track", flat=True).distinct():
        yield f"track:{track}"


def _opened(_viewer: User) -> Any:
    published = Track.objects.visible_to(AnonymousUser()).published().order_by()
    named = TrackTag.objects.filter(tag=OuterRef("pk"), state=TrackTag.State.ACCEPTED)
    # The count may be a moment late. One piece is looked for tag by tag, and never all of them.
    one = Subquery(named.filter(track__in=published.values("pk")).values("pk")[:1])
    known: Any = Tag.objects.annotate(one=one).exclude(one=None)
    return known.filter(uses__gt=0, merged_into=None)


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
    rows = Tag.objects.all
    register(Kind("tag", "Tags", "tag", rows, _build, _opened, _dress, quoted_by=_quoted_by))
