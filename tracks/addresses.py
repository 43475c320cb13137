"""Addresses of many things of one kind: the URLconf is asked once, and not for every row."""

from functools import cache
from typing import TYPE_CHECKING

from django.urls import get_resolver

from tracks.access import KEY

if TYPE_CHECKING:
    from tracks.models import Track

MARK = "mark"


def address_of(name: str, word: str) -> str:
    """Return `reverse(name, args=[word])`, for a word of letters, digits, hyphen and underscore."""
    before, after = _around(name)
    return f"{before}{word}{after}"


def address_by_key(track: "Track", key: str) -> str:
    """Return the page on which whoever holds `key` hears the track.

    An unlisted track's own key is not for whoever came by another one: a review link, which can be
    taken back alone.
    """
    if key == track.token or track.visibility == "public" or not KEY.fullmatch(key):
        return track.get_absolute_url()
    return address_of("review-page", key)


@cache
def _around(name: str) -> tuple[str, str]:
    # Kept for good, so never made of `reverse`, which begins with the script name of the request.
    path = get_resolver().reverse(name, MARK)
    before, _, after = f"/{path}".rpartition(MARK)
    return before, after
