"""What search engines may know of, in slices by id: each is read by its key, and none is counted.

A slice is what lies between two ids, `after` < id ≤ `until`. Where they end is found once a day, a
step of one slice at a time and a few steps at once: a million tracks are never gone through in one
request. What becomes public in between finds room in its slice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, QuerySet

from config.lib.urls import address_of
from tracks import access
from tracks.findable import findable
from tracks.labels.selectors import opened as opened_labels
from tracks.models import Name, Playlist, Release, Track
from tracks.tags import selectors as tags

NOBODY = AnonymousUser()
STEP = 4_000  # of a slice at first
MOST = 5_000  # of a slice, once more of it is public; the protocol allows 50,000
STEPS = 20  # at once
KEPT_SECONDS = 24 * 3600
FIRST, LAST = UUID(int=0), UUID(int=2**128 - 1)


@dataclass(frozen=True)
class Kind:
    """Things of one kind: those everybody may find, what of them is read, and where they are."""

    rows: Callable[[], QuerySet[Any]]
    columns: tuple[str, ...]
    route: str
    changed: str = ""


@dataclass(frozen=True)
class Place:
    """A page, and when it changed last; None where that is not known."""

    path: str
    changed: datetime | None


def _tracks() -> QuerySet[Any]:
    return findable(Track.objects.visible_to(NOBODY)).published()


def _listed(model: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = findable(model.objects.visible_to(NOBODY)).filter(visibility="public")
    return rows


def _people() -> QuerySet[Any]:
    """Return those who have something public: an account alone is told of to nobody."""
    people: Any = get_user_model()._default_manager
    heard = Q(Exists(_tracks().order_by().filter(owner=OuterRef("pk"))))
    heard |= Q(Exists(_listed(Release).filter(owner=OuterRef("pk"))))
    rows: QuerySet[Any] = findable(people.filter(access.visible_people(NOBODY))).filter(heard)
    return rows


def _labels() -> QuerySet[Any]:
    return findable(opened_labels(NOBODY)).filter(
        Exists(_listed(Release).filter(label=OuterRef("pk")))
    )


KINDS = {
    "tracks": Kind(_tracks, ("slug",), "track-detail", "updated_at"),
    "releases": Kind(lambda: _listed(Release), ("slug",), "release-detail", "updated_at"),
    "playlists": Kind(lambda: _listed(Playlist), ("slug",), "playlist-detail", "updated_at"),
    "people": Kind(_people, ("handle",), "profile"),
    "artists": Kind(lambda: findable(Name.objects.visible_to(NOBODY)), ("slug",), "artist"),
    "tags": Kind(tags.known, ("slug",), "tag"),
    "labels": Kind(_labels, ("slug",), "label"),
}


def slices_of(kind: str) -> list[tuple[UUID, UUID]]:
    """Return where the slices of a kind begin and end. Twenty queries at most, one as a rule.

    Where there are more than are known, the last one holds what has not been gone through yet, and
    the next request goes on.
    """
    key = f"sitemap:{kind}"
    ends: list[UUID] = cache.get(key) or []
    for _ in range(STEPS):
        rows = KINDS[kind].rows().filter(pk__gt=ends[-1] if ends else FIRST).order_by("pk")
        # The constant number of keys of one slice is skipped, however many there are.
        found = list(rows.values_list("pk", flat=True)[STEP - 1 : STEP])
        if not found:
            break
        ends += found
        cache.set(key, ends, KEPT_SECONDS)
    return list(zip([FIRST, *ends], [*ends, LAST], strict=True))


def slice_of(kind: str, after: UUID, until: UUID) -> list[Place]:
    """Return the pages of one slice, by id, 5,000 at most. One query."""
    of = KINDS[kind]
    rows = of.rows().filter(pk__gt=after, pk__lte=until).order_by("pk")
    columns = (*of.columns, of.changed) if of.changed else of.columns
    return [
        Place(address_of(of.route, row[0]), row[1] if of.changed else None)
        for row in rows.values_list(*columns)[:MOST]
    ]
