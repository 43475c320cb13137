"""What an archive says of a piece, looked at by the rules of this site."""

from typing import Any

from config.lib.problems import Problem
from tracks.catalogue import rules
from tracks.lyrics import services as lyrics
from tracks.models import Track

Row = dict[str, Any]
FIELDS = (
    *("language", "is_explicit", "content_warning", "ai_made", "is_sponsored"),
    *("licence", "isrc", "iswc"),
)


def said_of_track(row: Row) -> Row:
    """Return the columns that a track's row describes; what no rule lets pass is left out."""
    said: Row = {}
    for name in FIELDS:
        try:
            said[name] = rules.checked(name, row[name])
        except ValueError:
            continue
    return said


def bring_lyrics(track: Track, row: Row) -> None:
    """Write its lyrics down, unless they cannot be read."""
    try:
        lyrics.write(track=track, text=row["lyrics"])
    except Problem:
        return
