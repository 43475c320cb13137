"""Finding tracks by words."""

from config.lib.paging import (
    Page,
)
from tracks.access import User
from tracks.cards import ListedTrack
from tracks.catalogue.selectors import newest_page
from tracks.models import Track


def found_by(text: str, viewer: User, before: str = "") -> Page[ListedTrack]:
    """Return a page of the published tracks that have every word of `text`, with cards."""
    return newest_page(Track.objects.visible_to(viewer).matching(text), before)
