"""Finding tags, and the music that has them."""

from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import Http404
from django.shortcuts import get_object_or_404

from config.lib.paging import Page
from tracks.access import User
from tracks.cards import ListedTrack
from tracks.catalogue.selectors import newest_page
from tracks.models import Tag, Track, TrackTag
from tracks.tags.rules import tag_key

OF_EACH_KIND = 60
LISTED = 200
OFFERED = 10
ACCEPTED = TrackTag.State.ACCEPTED


def tag_named(slug: str) -> Tag:
    """Return the tag of this address, merged or not; Http404 where there is none."""
    return get_object_or_404(Tag.objects.select_related("merged_into"), slug=slug)


def tracks_of(tag: Tag, viewer: User, before: str = "") -> Page[ListedTrack]:
    """Return a page of the published tracks with a tag, newest first, with cards."""
    rows = TrackTag.objects.filter(tag=tag, state=ACCEPTED)
    tracks = Track.objects.visible_to(viewer).filter(pk__in=rows.values("track"))
    return newest_page(tracks, before)


def most_used() -> list[Tag]:
    """Return the sixty most used tags of each kind, in the order of the alphabet; one query."""
    place = Window(RowNumber(), partition_by=F("kind"), order_by=[F("uses").desc(), F("key")])
    rows = _used().annotate(place=place).filter(place__lte=OF_EACH_KIND)
    return sorted(rows, key=lambda tag: tag.key)


def of_kind(kind: str, after: str = "") -> tuple[list[Tag], str]:
    """Return up to 200 tags of a kind behind the key `after`, and the key to go on behind.

    Raises Http404 for no kind.
    """
    if kind not in Tag.Kind.values:
        raise Http404
    rows = list(_used().filter(kind=kind, key__gt=after).order_by("key")[: LISTED + 1])
    return rows[:LISTED], rows[LISTED - 1].key if len(rows) > LISTED else ""


def offered(text: str) -> list[Tag]:
    """Return up to ten tags in use that begin so, the most used first."""
    key = tag_key(text)
    return (
        list(_used().filter(key__startswith=key).order_by("-uses", "key")[:OFFERED]) if key else []
    )


def rows_of(track: Track) -> QuerySet[TrackTag]:
    """Return the tags on a track that were not refused."""
    rows: QuerySet[Any] = TrackTag.objects.filter(track=track).exclude(state=TrackTag.State.REFUSED)
    return rows.select_related("tag", "track").order_by("pk")


def _used() -> QuerySet[Tag]:
    return Tag.objects.filter(uses__gt=0, merged_into=None)
