"""Bringing a playlist from a file of another program."""

from dataclasses import dataclass
from typing import Any

from config.lib.lines import one_line
from config.lib.problems import Problem
from tracks.access import Person
from tracks.models import Playlist
from tracks.playlists.formats import m3u8, xspf
from tracks.playlists.formats.lines import BYTES_MOST, Line, Unreadable
from tracks.playlists.matching import matched
from tracks.playlists.services import filling

UNNAMED = "Imported playlist"
ENDINGS = (".m3u8", ".m3u", ".xspf", ".xml")


@dataclass(frozen=True)
class Brought:
    """What came of a file: the playlist, None where nothing in it is here; and what is not here."""

    playlist: Playlist | None
    count: int
    missing: list[Line]


def read(data: bytes) -> list[Line]:
    """Return the lines of a file, whichever of the two formats it has.

    Raises Problem: `too-large`, `unreadable`, each with a sentence for whoever brought it.
    """
    if len(data) > BYTES_MOST:
        raise Problem("too-large", "This file is larger than 1 MB. Split it.", status=413)
    bare = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    is_xml = bare.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<"))
    form: Any = xspf if is_xml else m3u8
    try:
        return list(form.read(data))
    except Unreadable as error:
        raise Problem("unreadable", str(error)) from error


def bring(*, by: Person, data: bytes, title: str = "", into: Playlist | None = None) -> Brought:
    """Put what a file names and `by` may open into a new playlist, or at the end of `into`.

    Nothing is fetched, whatever it names. Where nothing of it is here, no playlist is made.
    Raises Problem.
    """
    lines = read(data)
    found = matched(lines, by)
    tracks = [found[place] for place in sorted(found)]
    missing = [line for place, line in enumerate(lines) if place not in found]
    if into is not None:
        return Brought(filling.append(playlist=into, tracks=tracks, by=by), len(tracks), missing)
    words = {"title": title, "visibility": "private"}
    made = filling.make(by=by, words=words, tracks=tracks) if tracks else None
    return Brought(made, len(tracks), missing)


def title_of(filename: str) -> str:
    """Return what a playlist is called that nobody has named."""
    words = one_line(filename.replace("\\", "/").rpartition("/")[2])[:200]
    for ending in ENDINGS:
        words = words.removesuffix(ending)
    return words.strip() or UNNAMED
