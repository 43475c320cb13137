"""What a page shows of lyrics."""

from tracks.lyrics import formats
from tracks.lyrics.formats import Sung
from tracks.models import Track


def lyrics_of(track: Track) -> Sung | None:
    """Return the lines of a piece; None where there are none, or none that can be read any more.

    The track must come from `for_page()`: no query is made.
    """
    found = getattr(track, "lyrics", None)
    if found is None:
        return None
    try:
        return formats.read(found.text)
    except ValueError:
        return None
