"""Finding tags, and the music that has them."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.http import Http404
from django.shortcuts import get_object_or_404

from config.lib.paging import Page
from tracks.access import User
from tracks.cards import ListedTrack
from tracks.catalogue.selectors import newest_page
from tracks.findable import findable
from tracks.models import Tag, Track, TrackTag
from tracks.tags.rules import tag_key

OF_EACH_KIND = 60
LISTED = 200
OFFERED = 10
ACCEPTED = TrackTag.State.ACCEPTED


def known() -> QuerySet[Tag]:
    """Return the tags of music that everybody may find, as it is now: counts may be late.

    One piece is looked for tag by tag, so ask for few of them.
    """
    published = findable(Track.objects.visible_to(AnonymousUser())).published().order_by()
    named = TrackTag.objects.filter(tag=OuterRef("pk"), state=ACCEPTED)
    one = Subquery(named.filter(track__in=published.values("pk")).values("pk")[:1])
    return used().alias(one=one).exclude(one=None)


def tag_named(slug: str) -> Tag:
    """Return the tag of this address, merged or not; Http404 where there is none."""
    return get_object_or_404(Tag.objects.select_related("merged_into"), slug=slug)


def tracks_of(tag: Tag, viewer: User, before: str = "") -> Page[ListedTrack]:
    """Return a page of the published tracks with a tag, newest first, with cards."""
    rows = TrackTag.objects.filter(tag=tag, state=ACCEPTED)
    tracks = findable(Track.objects.visible_to(viewer)).filter(pk__in=rows.values("track"))
    return newest_page(tracks, before)


def most_used() -> list[Tag]:
    """Return the sixty most used tags of each kind, in the order of the alphabet; two queries."""
    place = Window(RowNumber(), partition_by=F("kind"), order_by=[F("uses").desc(), F("key")])
    rows = used().annotate(place=place).filter(place__lte=OF_EACH_KIND)
    return list(known().filter(pk__in=[tag.pk for tag in rows]).order_by("key"))


def of_kind(kind: str, after: str = "") -> tuple[list[Tag], str]:
    """Return up to 200 tags of a kind behind the key `after`, and the key to go on behind.

    Raises Http404 for no kind.
    """
    if kind not in Tag.Kind.values:
        raise Http404
    rows = list(known().filter(kind=kind, key__gt=after).order_by("key")[: LISTED + 1])
    return rows[:LISTED], rows[LISTED - 1].key if len(rows) > LISTED else ""


def offered(text: str) -> list[Tag]:
    """Return up to ten tags in use that begin so, the most used first; two queries."""
    key = tag_key(text)
    if not key:
        return []
    rows = used().filter(key__startswith=key).order_by("-uses", "key")
    keys = [tag.pk for tag in rows[:OFFERED]]
    return list(known().filter(pk__in=keys).order_by("-uses", "key"))


def rows_of(track: Track) -> QuerySet[TrackTag]:
    """Return the tags on a track that were not refused."""
    rows: QuerySet[Any] = TrackTag.objects.filter(track=track).exclude(state=TrackTag.State.REFUSED)
    return rows.select_related("tag", "track").order_by("pk")


def used() -> QuerySet[Tag]:
    """Return the tags that are counted to stand on some published music."""
    return Tag.objects.filter(uses__gt=0, merged_into=None)
