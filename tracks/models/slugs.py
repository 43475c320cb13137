"""Addresses made of titles."""

import secrets
import unicodedata
from typing import Any

from django.utils.text import slugify

from tracks.models.track import Track

LONGEST = 60  # characters of the title that an address shows
RESERVED = {"new"}  # words that an address of a page begins with
SUFFIX_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike


def new_slug(title: str) -> str:
    """Return a free slug for a track of this title."""
    return new_slug_of(Track, title, blank="track")


def new_slug_of(model: Any, title: str, *, blank: str) -> str:
    """Return a free slug for this title: plain ASCII, with a short random end when it is taken.

    Titles of which no ASCII remains become `<blank>-…`. The database's unique constraint has the
    last word when two ask at once.
    """
    base = slugify(flat(title))[:LONGEST].strip("-")
    if base and base not in RESERVED and not model.objects.filter(slug=base).exists():
        return base
    return f"{base or blank}-{_suffix()}"


def flat(title: str) -> str:
    """Return a title with its letters and marks apart, so that only the marks are lost."""
    return unicodedata.normalize("NFKD", title).replace("ß", "ss").replace("ø", "o")


def _suffix() -> str:
    return "".join(secrets.choice(SUFFIX_LETTERS) for _ in range(6))
