"""Lists of any kind as a file tells of them, and playlists for programs."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from config.lib import origins
from config.lib.paging import Page, page, read_id_cursor
from config.lib.problems import Problem
from tracks.access import Person
from tracks.collections.entries import KINDS, Asker
from tracks.collections.selectors import MODELS
from tracks.hidden_words import with_hidden
from tracks.models import Playlist, Track
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


def arranged(person: Person, before: str = "") -> Page[Any]:
    """Return a page of the playlists a person owns or works on, newest first. One query."""
    rows = with_hidden(Playlist.objects.arranged_by(person))
    rows = rows.select_related("owner").order_by("-pk")
    if before:
        rows = rows.filter(pk__lt=read_id_cursor(before))
    return page(rows, lambda row: row.pk.hex)


def openable(tracks: Sequence[UUID], asker: Asker, keys: Iterable[str] = ()) -> list[UUID]:
    """Return these tracks in this order, if the asker may open all of them.

    By right, or by one of these keys. Raises Problem: `not-open`, with the ids that are not.
    """
    wanted = set(tracks)
    rows = Track.objects.visible_to(asker.user)
    for key in dict.fromkeys(keys):
        rows |= Track.objects.opened_by(asker.user, key, asker.session)
    found = set(rows.filter(pk__in=wanted).values_list("pk", flat=True))
    if missing := wanted - found:
        names = sorted(str(key) for key in missing)
        raise Problem("not-open", "Some of these tracks are not open to you.", tracks=names)
    return list(tracks)


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
