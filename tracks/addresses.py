"""The address under which one listener hears a track."""

from typing import Any

from config.lib.urls import address_of
from tracks.access import KEY


def address_by_key(track: Any, key: str) -> str:
    """Return the page on which whoever holds `key` hears the track.

    An unlisted track's own key is not for whoever came by another one: a review link, which can be
    taken back alone.
    """
    if key == track.token or track.visibility == "public" or not KEY.fullmatch(key):
        return str(track.get_absolute_url())
    return address_of("review-page", key)
