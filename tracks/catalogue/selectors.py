"""Finding the tracks that lists show: their keys first, and then what their cards say."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from config.lib.paging import (
    PAGE_SIZE,
    Page,
    moment_cursor,
    page,
    read_id_cursor,
    read_moment_cursor,
)
from config.lib.prepared import Prepared
from tracks import access
from tracks.access import Person, User
from tracks.cards import ListedTrack, Pairs, listed, listed_by
from tracks.findable import findable
from tracks.findable import rules as limits
from tracks.models import Revision, Track
from tracks.models.track import TrackQuerySet
from tracks.player import renditions_of, with_renditions
from tracks.stems.presenters import names_beside, with_names


def newest_keys() -> Any:
    """Return the query of the keys of the newest tracks that everybody may open."""
    tracks = findable(Track.objects.visible_to(AnonymousUser()))
    return tracks.published().values("pk")[: PAGE_SIZE + 1]


_NEWEST = listed_by(newest_keys, rules=lambda: (access.rules(), limits()))
PAGE: Prepared[Any] = Prepared(
    lambda slug: (
        Track.objects.visible_to(AnonymousUser())
        .for_page()
        .prefetch_related(None)
        .annotate(
            renditions_data=renditions_of(OuterRef("primary_version__media__asset")),
            stems_data=names_beside(OuterRef("primary_version")),
        )
        .filter(slug=slug)
    ),
    rules=lambda: (access.rules(), access.concerned_rules()),
    slug="stand-in",
)


def page_of(slug: str, user: User) -> Track:
    """Return the track of this name with all that its page tells; Http404 where it is closed."""
    if user.is_authenticated:
        return get_object_or_404(Track.objects.visible_to(user).for_page(), slug=slug)
    found = PAGE.one(slug=slug)
    if found is None:
        raise Http404
    track: Track = found
    if track.primary_version:
        with_renditions(track.primary_version, found.renditions_data)
        with_names(track.primary_version, found.stems_data)
    return track


def latest(user: User, before: str = "") -> Page[ListedTrack]:
    """Return a page of the newest published tracks, with cards."""
    if not user.is_authenticated and not before:
        return _page(_NEWEST())
    return newest_page(findable(Track.objects.visible_to(user)), before)


def published_of(owner: Person, viewer: User, before: str = "") -> Page[ListedTrack]:
    """Return a page of one person's published tracks, with cards."""
    return newest_page(Track.objects.visible_to(viewer).filter(owner=owner), before)


def newest_page(tracks: TrackQuerySet, before: str) -> Page[ListedTrack]:
    """Return a page of those of these tracks that are published, newest first, with cards."""
    tracks = tracks.published()
    if before:
        moment, key = read_moment_cursor(before)
        # Written so that the index of the order can be walked from this place on.
        tracks = tracks.filter(published_at__lte=moment).filter(
            Q(published_at__lt=moment) | Q(pk__lt=key)
        )
    found = listed(list(tracks.values_list("pk", flat=True)[: PAGE_SIZE + 1]))
    # What was closed between the two queries has a new key by now, which nobody is to read here.
    return _page([pair for pair in found if pair[1].visibility == Track.Visibility.PUBLIC])


def revisions(track: Track, before: str = "") -> Page[Revision]:
    """Return a page of what was said of a track before, newest first. One query."""
    rows = Revision.objects.filter(track=track).select_related("by").order_by("-pk")
    if before:
        rows = rows.filter(pk__lt=read_id_cursor(before))
    return page(rows, lambda row: row.pk.hex)


def _page(found: Pairs) -> Page[ListedTrack]:
    """Return the page of these tracks; one too many says that more follow."""
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    rows = [track for _, track in found]
    return Page(rows, moment_cursor(found[-1][0], rows[-1].pk) if more else "")
