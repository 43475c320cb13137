"""Labels, as a search finds them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from config.lib import page_cache
from tracks.access import User
from tracks.findable import findable
from tracks.labels import selectors
from tracks.models import Label, Release
from tracks.search.registry import Entry, Found, Kind, register


def _build(keys: Sequence[str]) -> list[Entry]:
    return [
        Entry(
            row.pk,
            row.name,
            makers=[row.owner.name],
            said=[row.description_md],
            standing=int(row.created_at.timestamp()),
        )
        for row in selectors.opened(AnonymousUser()).filter(pk__in=keys)
    ]


def _quoted_by(labels: Sequence[UUID]) -> Iterator[str]:
    for release in Release.objects.filter(label__in=labels).values_list("pk", flat=True):
        yield f"list:{release}"


def _opened(viewer: User) -> QuerySet[Label]:
    return findable(selectors.opened(viewer))


def _dress(keys: Sequence[UUID], viewer: User) -> list[Found]:
    rows = _opened(viewer).in_bulk(keys)
    found = [rows[key] for key in keys if key in rows]
    page_cache.shows(*(f"label:{row.pk}" for row in found))
    return [Found(row.pk, row.name, row.get_absolute_url(), row.owner.name) for row in found]


def register_all() -> None:
    """Say that they can be found."""
    rows, opened = Label.objects.all, _opened
    found = Kind("label", "Labels", "label", rows, _build, opened, _dress, place=60)
    register(replace(found, quoted_by=_quoted_by))
