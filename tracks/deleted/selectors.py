"""Finding what somebody has deleted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from typing import Any
from uuid import UUID

from django.db.models import Q, Value
from django.shortcuts import get_object_or_404
from django.utils import timezone

from config.lib.paging import PAGE_SIZE, Micros, Page, moment_cursor, read_moment_cursor
from tracks.access import Person
from tracks.models import Playlist, Release, Track

DAY = timedelta(days=1)
KEPT = timedelta(days=30)
MODELS: dict[str, Any] = {"track": Track, "release": Release, "playlist": Playlist}


@dataclass(frozen=True)
class Deleted:
    """One line of the list of what is deleted."""

    kind: str
    pk: UUID
    title: str
    deleted_at: datetime

    @property
    def days_left(self) -> int:
        """Return for how many days it can be brought back, counted up; 0 once time is over."""
        return max(0, -((timezone.now() - self.deleted_at - KEPT) // DAY))

    @property
    def name(self) -> str:
        """Return how a form names it: `track:0192…`."""
        return f"{self.kind}:{self.pk}"


def deleted_of(owner: Person, before: str = "") -> Page[Deleted]:
    """Return a page of what this person has deleted, the latest first. One query."""
    parts = [_rows(kind, owner, before) for kind in MODELS]
    joined: Any = reduce(lambda left, right: left.union(right, all=True), parts)
    found = list(joined.order_by("-deleted_at", "-pk")[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    rows = [Deleted(kind, pk, title, at) for pk, title, at, kind, _ in found]
    return Page(rows, moment_cursor(found[-1][-1], rows[-1].pk) if more else "")


def thing_of(owner: Person, kind: str, key: UUID) -> Any:
    """Return something that this person has deleted. Raises Http404."""
    rows = MODELS[kind].everything.filter(owner=owner).exclude(deleted_at=None)
    return get_object_or_404(rows, pk=key)


def _rows(kind: str, owner: Person, before: str) -> Any:
    rows = MODELS[kind].everything.filter(owner=owner).exclude(deleted_at=None)
    if before:
        moment, key = read_moment_cursor(before)
        rows = rows.filter(Q(deleted_at__lt=moment) | Q(deleted_at=moment, pk__lt=key))
    rows = rows.order_by().annotate(kind_of=Value(kind), micros=Micros("deleted_at"))
    return rows.values_list("pk", "title", "deleted_at", "kind_of", "micros")
