"""Releases and playlists, as a search finds them."""

from functools import partial
from typing import Any

from config.lib import page_cache
from tracks.access import User
from tracks.collections.selectors import MODELS
from tracks.models.search import matching_collections
from tracks.search.registry import MOST, Found, register

HEADINGS = {"release": "Releases", "playlist": "Playlists"}


def _collections(kind: str, text: str, viewer: User) -> list[Found]:
    rows = MODELS[kind].objects.visible_to(viewer).filter(visibility="public")
    found = rows.filter(matching_collections(text)).select_related("owner").order_by("-pk")[:MOST]
    listed: list[Any] = list(found)
    page_cache.shows(*(f"list:{row.pk}" for row in listed))
    return [Found(row.title, row.get_absolute_url(), row.artist) for row in listed]


def register_all() -> None:
    """Say that they can be found."""
    for kind, heading in HEADINGS.items():
        register(kind, heading, partial(_collections, kind))
