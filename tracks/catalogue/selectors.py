"""Finding the tracks that lists show: their keys first, and then what their cards say."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from config.lib.paging import PAGE_SIZE, Page, moment_cursor, read_moment_cursor
from config.lib.prepared import Prepared
from tracks import access
from tracks.access import Person, User
from tracks.cards import ListedTrack, listed
from tracks.models import Track
from tracks.models.track import TrackQuerySet
from tracks.player import with_renditions

KEYS = ("pk", "published_at")
NEWEST = Prepared(
    lambda: (
        Track.objects.visible_to(AnonymousUser()).published().values_list(*KEYS)[: PAGE_SIZE + 1]
    ),
    rules=access.rules,
)

PAGE: Prepared[Track] = Prepared(
    lambda slug: (
        Track.objects.visible_to(AnonymousUser())
        .for_page()
        .prefetch_related(None)
        .filter(slug=slug)
    ),
    rules=lambda: (access.rules(), access.concerned_rules()),
    slug="stand-in",
)


def page_of(slug: str, user: User) -> Track:
    """Return the track of this name with all that its page tells; Http404 where it is closed."""
    if user.is_authenticated:
        return get_object_or_404(Track.objects.visible_to(user).for_page(), slug=slug)
    track = PAGE.one(slug=slug)
    if track is None:
        raise Http404
    if track.primary_version:
        with_renditions(track.primary_version)
    return track


def latest(user: User, before: str = "") -> Page[ListedTrack]:
    """Return a page of the newest published tracks, with cards."""
    if not user.is_authenticated and not before:
        return _dressed(NEWEST.ask())
    return newest_page(Track.objects.visible_to(user), before)


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
    return _dressed(list(tracks.values_list(*KEYS)[: PAGE_SIZE + 1]))


def _dressed(keys: list[Any]) -> Page[ListedTrack]:
    """Return the page of these pairs of key and moment; one too many says that more follow."""
    more, keys = len(keys) > PAGE_SIZE, keys[:PAGE_SIZE]
    key, moment = keys[-1] if keys else (None, None)
    cursor = moment_cursor(moment, key) if more and moment and key else ""
    return Page(listed([key for key, _ in keys]), cursor)
