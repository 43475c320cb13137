"""Lyrics as text and as LRC: what a player of 1998 wrote down, and everybody since.

No standard says what LRC is. Here `[mm:ss]`, `[mm:ss.x]` to `[mm:ss.xxx]` and `[mm:ss:xx]` in front
of a line are its times, of which it may have several; `[offset:±ms]` moves all of them, earlier for
more; other tags (`[ar:…]`) are not sung; `<mm:ss.xx>` before a word is dropped. In a text without
any time, brackets are words: `[Chorus]`.
"""

import re
from dataclasses import dataclass
from operator import attrgetter

LINES_MOST = 10_000
CHARACTERS_MOST = 100_000
STAMP = re.compile(r"\[(\d{1,4}):(\d{1,2})(?:[.:](\d{1,3}))?\]", re.ASCII)
# What begins like a time: whoever wrote it meant one.
LIKE_A_STAMP = re.compile(r"\[\s*-?\d[\d:.,\s-]{0,40}\]", re.ASCII)
WORD_STAMP = re.compile(r"<\d{1,4}:\d{1,2}(?:[.:]\d{1,3})?>", re.ASCII)
OFFSET = re.compile(r"\[offset:\s*([+-]?\d{1,7})\s*\]", re.ASCII | re.IGNORECASE)
ID_TAG = re.compile(r"\[[a-z#]{1,12}:[^\]\n]{0,500}\]", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A line that is sung, from `at_ms` on; None where nobody has said when."""

    text: str
    at_ms: int | None = None

    @property
    def seconds(self) -> str:
        """Return the moment as addresses have it: 62.34."""
        return f"{(self.at_ms or 0) / 1000:g}"


@dataclass(frozen=True)
class Sung:
    """The lines of a piece in the order in which they are sung."""

    lines: list[Line]
    is_timed: bool


def read(text: str, *, claims_times: bool = False) -> Sung:
    """Return what lyrics say; LRC is known by its first time. Takes time linear in the text.

    Raises ValueError with a sentence for a time that is none, for too much, and for a text without
    any time that claims to be LRC.
    """
    if len(text) > CHARACTERS_MOST:
        raise ValueError(f"Lyrics have at most {CHARACTERS_MOST:,} characters.")
    rows = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    if len(rows) > LINES_MOST:
        raise ValueError(f"Lyrics have at most {LINES_MOST:,} lines.")
    if not any(STAMP.match(row.strip()) for row in rows):
        _refuse_near_times(rows, claims_times=claims_times)
        return Sung([Line(row.strip()) for row in _trimmed(rows)], is_timed=False)
    return Sung(_timed(rows), is_timed=True)


def _refuse_near_times(rows: list[str], *, claims_times: bool) -> None:
    for number, row in enumerate(rows, start=1):
        if near := LIKE_A_STAMP.match(row.strip()):
            raise ValueError(_no_time(number, near[0]))
    if claims_times:
        raise ValueError("There is no time in this LRC. A line begins like this: [01:23.45]")


def _trimmed(rows: list[str]) -> list[str]:
    """Return the rows without the empty ones at both ends."""
    return "\n".join(row.strip() for row in rows).strip("\n").split("\n")


def _timed(rows: list[str]) -> list[Line]:
    shift, lines = 0, list[Line]()
    for number, row in enumerate(rows, start=1):
        rest = row.strip()
        if found := OFFSET.fullmatch(rest):
            shift = int(found[1])
            continue
        if not rest or ID_TAG.fullmatch(rest):
            continue
        times, rest = _stamps(number, rest)
        words = " ".join(WORD_STAMP.sub("", rest).split())
        lines += [Line(words, at) for at in times] if times else [_after(lines, words)]
        if len(lines) > LINES_MOST:
            raise ValueError(f"Lyrics have at most {LINES_MOST:,} lines.")
    moved = [Line(line.text, max(0, (line.at_ms or 0) - shift)) for line in lines]
    return sorted(moved, key=attrgetter("at_ms"))


def _after(lines: list[Line], words: str) -> Line:
    """Return a line without a time of its own: it belongs to the one before."""
    return Line(words, lines[-1].at_ms if lines else 0)


def _stamps(number: int, rest: str) -> tuple[list[int], str]:
    """Return the times in front of a line, in ms, and what follows."""
    times, at = list[int](), 0
    while found := STAMP.match(rest, at):
        minutes, seconds, parts = found.groups()
        if int(seconds) > 59:
            raise ValueError(_no_time(number, found[0]))
        times.append(int(minutes) * 60_000 + int(seconds) * 1000 + int((parts or "").ljust(3, "0")))
        at = found.end()
        while at < len(rest) and rest[at] == " " and STAMP.match(rest, at + 1):
            at += 1
    if near := LIKE_A_STAMP.match(rest, at):
        raise ValueError(_no_time(number, near[0]))
    return times, rest[at:]


def _no_time(number: int, words: str) -> str:
    return f"Line {number}: {words[:24]} is no time. Write it like this: [01:23.45]"
