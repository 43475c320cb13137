"""Releases and playlists, as a search finds them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q

from config.lib import page_cache
from tracks.access import User
from tracks.collections.selectors import MODELS, with_faces
from tracks.findable import findable
from tracks.hidden_words import shown, with_hidden
from tracks.models import Credit, Release, ReleaseTrack
from tracks.search import traits
from tracks.search.registry import Entry, Found, Kind, register

HEADINGS = {"release": ("Releases", 20), "playlist": ("Playlists", 50)}


def _build(kind: str, keys: Sequence[str]) -> list[Entry]:
    rows: Any = MODELS[kind].objects.filter(pk__in=keys, visibility="public")
    if kind == "release":  # one whose hour is to come is told of by its countdown alone
        rows = rows.filter(Q(release_at=None) | Q(published_at__isnull=False))
        rows = rows.select_related("owner", "label")
    return [_entry(kind, row) for row in with_hidden(rows).select_related("owner")]


def _entry(kind: str, row: Any) -> Entry:
    makers = [row.artist, row.owner.name, row.owner.handle]
    beside, has = [], [*traits.by(makers)]
    if kind == "release":
        beside = [row.get_kind_display(), row.catalogue_number, row.label.name if row.label else ""]
        has += [traits.one("licence", row.licence)]
        if row.released_on:
            has.append(traits.one("year", row.released_on[:4]))
    return Entry(
        pk=row.pk,
        title=row.title,
        makers=makers,
        beside=beside,
        said=[shown(row.description_md, row)],
        traits=has,
        standing=int((getattr(row, "published_at", None) or row.created_at).timestamp()),
    )


def _quoted_by(releases: Sequence[UUID]) -> Iterator[str]:
    places = ReleaseTrack.objects.filter(release__in=releases).order_by()
    for track in places.values_list("track", flat=True).distinct():
        yield f"track:{track}"


def _known_by(releases: Sequence[UUID]) -> Iterator[str]:
    """Yield the names on these releases and their labels: some are known by nothing else."""
    names = Credit.objects.filter(release__in=releases).order_by()
    yield from (f"name:{slug}" for slug in names.values_list("name__slug", flat=True).distinct())
    labels = Release.everything.filter(pk__in=releases, label__isnull=False).order_by()
    yield from (f"label:{label}" for label in labels.values_list("label", flat=True).distinct())


def _opened(kind: str, viewer: User) -> Any:
    opened = findable(MODELS[kind].objects.visible_to(viewer))
    return opened.filter(visibility="public")


def _dress(kind: str, keys: Sequence[UUID], viewer: User) -> list[Found]:
    rows = _opened(kind, viewer).select_related("owner").in_bulk(keys)
    found = [rows[key] for key in keys if key in rows]
    page_cache.shows(*(f"list:{row.pk}" for row in found))
    return [Found(row.pk, row.title, row.get_absolute_url(), row.artist) for row in found]


def _cards(kind: str, keys: Sequence[UUID], viewer: User) -> list[Any]:
    opened: Any = _opened(kind, viewer).filter(pk__in=keys)
    found = with_faces(kind, opened.select_related("owner"), viewer, len(keys)).rows
    page_cache.shows(*(f"list:{row.pk}" for row in found))
    return sorted(found, key=lambda row: keys.index(row.pk))


def register_all() -> None:
    """Say that they can be found."""
    for kind, (heading, place) in HEADINGS.items():
        rows = MODELS[kind].objects.all
        build, dress, cards = partial(_build, kind), partial(_dress, kind), partial(_cards, kind)
        opened = partial(_opened, kind)
        found = Kind(kind, heading, "list", rows, build, opened, dress, place=place, cards=cards)
        if kind == "release":
            found = replace(found, quoted_by=_quoted_by, known_by=_known_by)
        register(found)
