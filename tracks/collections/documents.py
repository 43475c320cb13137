"""Releases and playlists, as a search finds them."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q

from config.lib import page_cache
from tracks.access import User
from tracks.collections.selectors import MODELS, with_faces
from tracks.models import ReleaseTrack
from tracks.search import traits
from tracks.search.registry import Entry, Found, Kind, register

HEADINGS = {"release": ("Releases", 20), "playlist": ("Playlists", 50)}


def _build(kind: str, keys: Sequence[str]) -> list[Entry]:
    rows: Any = MODELS[kind].objects.filter(pk__in=keys, visibility="public")
    if kind == "release":  # one whose hour is to come is told of by its countdown alone
        rows = rows.filter(Q(release_at=None) | Q(published_at__isnull=False))
        rows = rows.select_related("owner", "label")
    return [_entry(kind, row) for row in rows.select_related("owner")]


def _entry(kind: str, row: Any) -> Entry:
    makers = [row.artist, row.owner.name, row.owner.handle]
    beside, has = [], [*traits.by(makers)]
    if kind == "release":
        beside = [row.get_kind_display(), row.catalogue_number, row.label.name if row.label else ""]
        has += [traits.one("licence", row.licence)]
        if row.released_on:
            has.append(traits.one("year", row.released_on[:4]))
    quoting = partial(_quoting, row.pk) if kind == "release" else None
    return Entry(
        pk=row.pk,
        title=row.title,
        makers=makers,
        beside=beside,
        said=[row.description_md],
        traits=has,
        standing=int((getattr(row, "published_at", None) or row.created_at).timestamp()),
        quoting=quoting,
    )


def _quoting(release: UUID) -> Iterator[str]:
    for track in ReleaseTrack.objects.filter(release=release).values_list("track", flat=True):
        yield f"track:{track}"


def _dress(kind: str, keys: Sequence[UUID], viewer: User) -> list[Found]:
    opened = MODELS[kind].objects.visible_to(viewer).filter(visibility="public")
    rows: Any = opened.select_related("owner").in_bulk(keys)
    found = [rows[key] for key in keys if key in rows]
    page_cache.shows(*(f"list:{row.pk}" for row in found))
    return [Found(row.pk, row.title, row.get_absolute_url(), row.artist) for row in found]


def _cards(kind: str, keys: Sequence[UUID], viewer: User) -> list[Any]:
    opened: Any = MODELS[kind].objects.visible_to(viewer).filter(visibility="public", pk__in=keys)
    found = with_faces(kind, opened.select_related("owner"), viewer, len(keys)).rows
    page_cache.shows(*(f"list:{row.pk}" for row in found))
    return sorted(found, key=lambda row: keys.index(row.pk))


def register_all() -> None:
    """Say that they can be found."""
    for kind, (heading, place) in HEADINGS.items():
        rows = MODELS[kind].objects.all
        build, dress, cards = partial(_build, kind), partial(_dress, kind), partial(_cards, kind)
        register(Kind(kind, heading, "list", rows, build, dress, place=place, cards=cards))
