"""What may be said of a track: one check for each field, for forms, programs and archives alike.

A check returns the words as they are kept, and raises ValueError with a sentence.
"""

import re
from collections.abc import Callable
from typing import Any

from config.lib.lines import one_line
from tracks import codes, languages
from tracks.lyrics import formats

SLUG = re.compile(r"[a-z0-9]+(?:[-_]+[a-z0-9]+)*", re.ASCII)
SLUG_MOST = 90
DESCRIPTION_MOST = 20_000


def title(text: str) -> str:
    """Return a title on one line; there must be something to see."""
    line = one_line(text)
    if not line:
        raise ValueError("Give the track a title.")
    return line


def slug(text: str) -> str:
    """Return the word of an address in small letters."""
    word = text.strip().lower()
    if len(word) > SLUG_MOST or not SLUG.fullmatch(word):
        raise ValueError("An address has small letters from a to z, digits and hyphens: my-song.")
    return word


def lyrics(text: str) -> str:
    """Return lyrics as they were written, if they can be read."""
    formats.read(text)
    return text if text.strip() else ""


CHECKS: dict[str, Callable[[str], str]] = {
    "title": title,
    "slug": slug,
    "language": languages.language,
    "content_warning": one_line,
    "isrc": codes.isrc,
    "iswc": codes.iswc,
    "lyrics": lyrics,
}
# Every field that an owner changes, by the names of the model, and what people call it. `lyrics`
# has a table of its own.
LABELS = {
    "title": "Title",
    "description_md": "Description",
    "form": "Kind of piece",
    "language": "Language",
    "is_explicit": "Explicit words",
    "content_warning": "Content warning",
    "ai_made": "AI",
    "is_sponsored": "Sponsored",
    "licence": "Licence",
    "isrc": "ISRC",
    "iswc": "ISWC",
    "lyrics": "Lyrics",
    "visibility": "Who can open it",
    "slug": "Address",
    "release_at": "Opens at",
}


def checked(name: str, value: Any) -> Any:
    """Return what is kept of a value. Raises ValueError with a sentence."""
    check = CHECKS.get(name)
    return check(value) if check else value
