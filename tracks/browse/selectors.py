"""Finding the music of a way in: keys first, through what the viewer may open."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet, TextField, Value
from django.shortcuts import get_object_or_404

from config.lib.paging import Page, page, read_id_cursor
from tracks.access import User
from tracks.browse.rules import Choice
from tracks.cards import ListedTrack
from tracks.catalogue.selectors import newest_page
from tracks.findable import findable
from tracks.labels.selectors import opened as opened_labels
from tracks.models import Label, Release, ReleaseTrack, Tag, Track
from tracks.models.track import TrackQuerySet
from tracks.tags import selectors as tags

COUNTED = 1_000  # above this a count says no more than that
TAGS_OF_A_KIND = 18
LABELS = 60  # on a page
YEARS_MOST = 40
NOBODY = AnonymousUser()


@dataclass(frozen=True)
class Count:
    """How many there are, up to a thousand."""

    number: int

    @property
    def words(self) -> str:
        """Say it: 1 piece, 17 pieces, 1,000+ pieces."""
        if self.number > COUNTED:
            return f"{COUNTED:,}+ pieces"
        return f"{self.number:,} piece{'' if self.number == 1 else 's'}"


def pieces(choice: Choice, viewer: User, before: str = "") -> Page[ListedTrack]:
    """Return a page of the published pieces of a choice, newest first. Two queries."""
    return newest_page(findable(Track.objects.visible_to(viewer)).filter(choice.query), before)


def count(choice: Choice, viewer: User) -> Count:
    """Count the pieces of a choice, up to a thousand and one. One query."""
    return _counted(findable(Track.objects.visible_to(viewer)).filter(choice.query))


def pieces_on(label: Label, viewer: User, before: str = "") -> Page[ListedTrack]:
    """Return a page of the published pieces that have come out on a label, newest first."""
    return newest_page(on_label(label, viewer), before)


def count_on(label: Label, viewer: User) -> Count:
    """Count them, up to a thousand and one."""
    return _counted(on_label(label, viewer))


def label_named(slug: str, viewer: User) -> Label:
    """Return a label. Raises Http404 where its page is closed to the viewer."""
    found: Label = get_object_or_404(opened_labels(viewer), slug=slug)
    return found


def labels(viewer: User, before: str = "", size: int = LABELS) -> Page[Label]:
    """Return a page of the labels on which something is out, the newest first. One query."""
    opened = findable(Release.objects.visible_to(NOBODY))
    out = opened.filter(visibility="public", label=OuterRef("pk"))
    rows = findable(opened_labels(viewer)).filter(Exists(out)).order_by("-pk")
    if before:
        rows = rows.filter(pk__lt=read_id_cursor(before))
    return page(rows, lambda row: row.pk.hex, size)


def filled(choices: Iterable[Choice]) -> set[str]:
    """Return the words of those choices that everybody finds something by. One query.

    It looks for the newest piece of each, by index, and counts nothing.
    """
    first, *others = (
        _published()
        .filter(choice.query)
        .values_list(Value(choice.word, output_field=TextField()), flat=True)[:1]
        for choice in choices
    )
    found: QuerySet[Any, Any] = first.union(*others, all=True)
    return set(found)


def years() -> list[int]:
    """Return the years from that of the newest piece back to that of the oldest, forty at most.

    One query, which reads an index at both its ends.
    """
    moments = _published().values_list("published_at", flat=True)
    ends: QuerySet[Any, Any] = moments[:1].union(moments.reverse()[:1])
    found = [moment.year for moment in ends]
    return list(range(max(found), min(found) - 1, -1))[:YEARS_MOST] if found else []


def tags_of(kind: str) -> list[Tag]:
    """Return the most used tags of a kind, in the order of the alphabet. One query."""
    rows = tags.known().filter(kind=kind).order_by("-uses", "key")
    return sorted(rows[:TAGS_OF_A_KIND], key=lambda tag: tag.key)


def _published() -> TrackQuerySet:
    return findable(Track.objects.visible_to(NOBODY)).published()


def on_label(label: Label, viewer: User) -> TrackQuerySet:
    """Return the pieces that have come out on a label."""
    out = findable(Release.objects.visible_to(viewer)).filter(visibility="public", label=label)
    places = ReleaseTrack.objects.filter(release__in=out)
    return findable(Track.objects.visible_to(viewer)).filter(pk__in=places.values("track"))


def _counted(tracks: TrackQuerySet) -> Count:
    # In the order of the list, by whose index it ends soon: without one, a table is gone through.
    return Count(tracks.published()[: COUNTED + 1].count())
