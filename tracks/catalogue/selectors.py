"""Finding the tracks that lists show."""

from django.db.models import Q

from config.lib.paging import (
    Page,
    moment_cursor,
    page,
    read_moment_cursor,
)
from tracks.access import Person, User
from tracks.cards import with_cards
from tracks.models import Track
from tracks.models.track import TrackQuerySet


def latest(user: User, before: str = "") -> Page[Track]:
    """Return a page of the newest published tracks, with cards."""
    return newest_page(Track.objects.visible_to(user), before)


def published_of(owner: Person, viewer: User, before: str = "") -> Page[Track]:
    """Return a page of one person's published tracks, with cards."""
    return newest_page(Track.objects.visible_to(viewer).filter(owner=owner), before)


def newest_page(tracks: TrackQuerySet, before: str) -> Page[Track]:
    """Return a page of those of these tracks that are published, newest first, with cards."""
    tracks = tracks.published().for_card()
    if before:
        moment, key = read_moment_cursor(before)
        # Written so that the index of the order can be walked from this place on.
        tracks = tracks.filter(published_at__lte=moment).filter(
            Q(published_at__lt=moment) | Q(pk__lt=key)
        )
    found = page(tracks, lambda t: moment_cursor(t.published_at, t.pk) if t.published_at else "")
    with_cards(found.rows)
    return found
