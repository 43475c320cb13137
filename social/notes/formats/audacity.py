"""Labels as Audacity exports and imports them: start, tab, end, tab, words; in seconds.

A moment has the same start and end (Audacity manual, Importing and Exporting Labels).
"""

from collections.abc import Iterable

from social.notes.formats.rows import Mark


def write(marks: Iterable[Mark]) -> bytes:
    """Return the file, in UTF-8."""
    lines = [
        f"{mark.at_ms / 1000:.6f}\t{(mark.until_ms or mark.at_ms) / 1000:.6f}\t{mark.words}\n"
        for mark in marks
    ]
    return "".join(lines).encode()
