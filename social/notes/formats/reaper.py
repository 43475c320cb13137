"""Markers and regions as REAPER's Region/Marker Manager exports and imports them.

`#,Name,Start,End,Length`: M1… are markers, R1… regions; times as h:mm:ss.mmm, which REAPER reads
whatever the ruler of the project shows.
"""

import csv
import io
from collections.abc import Iterable

from social.notes.formats.cells import guard
from social.notes.formats.rows import Mark


def write(marks: Iterable[Mark]) -> bytes:
    """Return the file, in UTF-8 without a byte order mark, which REAPER would take for a name."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["#", "Name", "Start", "End", "Length"])
    markers = regions = 0
    for mark in marks:
        if mark.until_ms is None:
            markers += 1
            writer.writerow([f"M{markers}", guard(mark.words), _time(mark.at_ms), "", ""])
            continue
        regions += 1
        times = (mark.at_ms, mark.until_ms, mark.until_ms - mark.at_ms)
        writer.writerow([f"R{regions}", guard(mark.words), *map(_time, times)])
    return out.getvalue().encode()


def _time(ms: int) -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
