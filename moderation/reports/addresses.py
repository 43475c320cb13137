"""What an address of this site shows, for whoever reports it by pasting it."""

import re
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import Resolver404, resolve

from config.lib import origins
from moderation import things
from social.viewers import viewer_of
from tracks import access, former_slugs

MOST = 2000  # characters
NOTE = re.compile(r"note-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
# The route of a page, and by which column its word names a thing.
PAGES = {
    "track-detail": ("track", "slug"),
    "track-unlisted": ("track", "token"),
    "embed-track": ("track", "pk"),
    "release-detail": ("release", "slug"),
    "release-unlisted": ("release", "token"),
    "playlist-detail": ("playlist", "slug"),
    "playlist-unlisted": ("playlist", "token"),
    "profile": ("person", "handle"),
}


def find(request: Any, address: str) -> tuple[str, str] | None:
    """Return what to report (`track:<id>`) and the key that opens it.

    None where the address is not of this site, or shows nothing that the asker may open.
    """
    parts = _parts(address)
    if parts is None:
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    name, column = PAGES.get(match.url_name or "", ("", ""))
    if not name:
        return None
    word = str(next(iter(match.kwargs.values()), ""))
    key = word if column == "token" and access.KEY.fullmatch(word) else ""
    viewer = viewer_of(request, key)
    if note := NOTE.fullmatch(parts.fragment):
        found = things.find_seen("note", UUID(note[1]), viewer)
        return (f"note:{found[1].pk}", key) if found else None
    pk = _named(name, column, word)
    found = things.find_seen(name, pk, viewer) if pk else None
    return (f"{name}:{found[1].pk}", key) if found else None


def _parts(address: str) -> Any:
    try:
        parts = urlsplit(address.strip()[:MOST])
    except ValueError:
        return None
    if "\0" in address or (parts.netloc and origins.of_host(parts.netloc) is None):
        return None
    return parts


def _named(name: str, column: str, word: str) -> Any:
    """Return the id of what an address names, by its slug of today or a former one."""
    kind = things.KINDS[name]
    if column == "handle":
        word = word.lower()
    found = kind.rows().filter(**{column: word}).values_list("pk", flat=True).first()
    return found or (former_slugs.thing_of(name, word) if column == "slug" else None)
