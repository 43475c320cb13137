"""What a file of a playlist says, whatever its format."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar
from urllib.parse import unquote

from config.lib.lines import one_line

BYTES_MOST = 1_000_000
LINES_MOST = 1_000
Entry = TypeVar("Entry")
TEXT_MOST = 400  # characters of anything a line says
SUFFIXES = {".mp3", ".flac", ".wav", ".ogg", ".opus", ".m4a", ".aac", ".aif", ".aiff", ".wma"}


class Unreadable(ValueError):
    """A file that is no playlist; its text is a sentence for whoever brought it."""


@dataclass(frozen=True)
class Line:
    """One piece as a file tells of it; what is not told is empty."""

    location: str = ""
    title: str = ""
    artist: str = ""
    duration_ms: int | None = None
    isrc: str = ""

    @property
    def name(self) -> str:
        """Return how to tell somebody of it: words, or else where it was said to be."""
        words = " – ".join(word for word in (self.artist, self.title) if word)
        return words or self.location


@dataclass(frozen=True)
class Listed:
    """What is written into a file: a list's name and address, and its lines."""

    title: str
    address: str
    lines: list[Line]


def plain(text: str | None) -> str:
    """Return what a file says on one line, not longer than anything here may be."""
    return one_line((text or "").replace("\0", "")[: TEXT_MOST * 2])[:TEXT_MOST].strip()


def artist_and_title(text: str) -> tuple[str, str]:
    """Part `Artist - Title`; without a hyphen between blanks all of it is the title."""
    for mark in (" - ", " – ", " — "):
        artist, found, title = text.partition(mark)
        if found and artist.strip() and title.strip():
            return artist.strip(), title.strip()
    return "", text.strip()


def guessed(location: str) -> tuple[str, str]:
    """Return artist and title as the name of a file says them, without number and ending."""
    last = unquote(location.replace("\\", "/").rstrip("/").rpartition("/")[2])
    path = PurePosixPath(last or "x")
    stem = path.stem if path.suffix.lower() in SUFFIXES else last
    bare = stem.replace("_", " ").lstrip("0123456789").lstrip(" .-") or stem
    return artist_and_title(plain(bare))


def listed(lines: list[Entry]) -> list[Entry]:
    """Return the lines; raises Unreadable for none, or more than a playlist holds."""
    if not lines:
        raise Unreadable("There is no piece in this file.")
    if len(lines) > LINES_MOST:
        raise Unreadable(f"There are more than {LINES_MOST} pieces in it. Split the file.")
    return lines
