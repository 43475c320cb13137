"""What a page shows of lyrics."""

from typing import Any

from tracks.hidden_words import LYRICS, NOBODY, shown
from tracks.lyrics import formats
from tracks.lyrics.formats import Sung
from tracks.models import Track


def lyrics_of(track: Track, viewer: Any = NOBODY) -> Sung | None:
    """Return the lines of a piece that this viewer, else everybody, may read.

    None where there are none, or none that can be read any more. The track must come from
    `for_page()`: no query is made.
    """
    found = getattr(track, "lyrics", None)
    text = shown(found.text, track, viewer, LYRICS) if found else ""
    if not text:
        return None
    try:
        return formats.read(text)
    except ValueError:
        return None
