"""Lists of any kind as a file tells of them, and playlists for programs."""

from typing import Any

from config.lib import origins
from tracks.collections.entries import KINDS, Asker
from tracks.collections.selectors import MODELS
from tracks.models import Track
from tracks.playlists.formats.lines import LINES_MOST, Line, Listed

LENGTH = "primary_version__media__asset__facts__duration_ms"
NAMES = {"latest": "New music", "search": "Found", "profile": "Music"}


def written(kind: str, key: str, asker: Asker, origin: str | None = None) -> Listed:
    """Return a list as a file tells of it: only what the asker may open, at whole addresses.

    Raises Http404 where there is no such list.
    """
    rows = KINDS[kind](key, asker)[:LINES_MOST]
    columns = ("slug", "token", "visibility", "title", "artist_credit", "isrc")
    people = ("owner__display_name", "owner__handle")
    lines = [_line(*row, origin=origin) for row in rows.values_list(LENGTH, *columns, *people)]
    thing = thing_of(kind, key)
    title = thing.title if thing else NAMES.get(kind, "Music")
    address = origins.absolute(thing.get_absolute_url(), origin) if thing else origins.home()
    return Listed(title, address, lines)


def thing_of(kind: str, key: str) -> Any:
    """Return the release or playlist that a key of a list names; None for other lists.

    Who may open it has been asked before.
    """
    if kind not in MODELS:
        return None
    rows: Any = MODELS[kind].objects
    return rows.filter(slug=key).first() or rows.filter(token=key).first()


def _line(length: int | None, *columns: str, origin: str | None) -> Line:
    slug, token, visibility, title, credit, isrc, name, handle = columns
    track = Track(slug=slug, token=token, visibility=visibility)
    address = origins.absolute(track.get_absolute_url(), origin)
    return Line(address, title, credit or name or handle, length, isrc)
