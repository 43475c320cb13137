"""Names of artists, as a search finds them."""

from collections.abc import Iterator, Sequence
from functools import partial
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from config.lib import page_cache
from tracks.access import User
from tracks.models import Credit, Name
from tracks.search.registry import Entry, Found, Kind, register


def _build(keys: Sequence[str]) -> list[Entry]:
    rows = Name.objects.visible_to(AnonymousUser()).filter(pk__in=keys)
    return [
        Entry(row.pk, row.name, said=[row.key], quoting=partial(_quoting, row.pk)) for row in rows
    ]


def _quoting(name: UUID) -> Iterator[str]:
    credits = Credit.objects.filter(name=name, track__isnull=False)
    for track in credits.values_list("track", flat=True).distinct():
        yield f"track:{track}"


def _dress(keys: Sequence[UUID], viewer: User) -> list[Found]:
    rows = Name.objects.visible_to(viewer).in_bulk(keys)
    found = [rows[key] for key in keys if key in rows]
    page_cache.shows(*(f"name:{row.slug}" for row in found))
    return [Found(row.pk, row.name, row.get_absolute_url()) for row in found]


def register_all() -> None:
    """Say that they can be found."""
    rows = Name.objects.all
    register(Kind("artist", "Artists", "name", rows, _build, _dress, key="slug", place=30))
