"""M3U and M3U8: a line for each piece, with what is said of it above.

There is no standard but what players write: `#EXTM3U`, `#EXTINF:seconds key="value",Artist - Title`
and `#PLAYLIST:name`. Streams (RFC 8216) have the same name and are something else.
"""

import re

from tracks.playlists.formats.lines import (
    TEXT_MOST,
    Line,
    Listed,
    Unreadable,
    artist_and_title,
    guessed,
    listed,
    plain,
)

NAMES = ("application/vnd.apple.mpegurl", "m3u8")
STREAM = ("#EXT-X-TARGETDURATION", "#EXT-X-STREAM-INF", "#EXT-X-MEDIA-SEQUENCE")
SECONDS = re.compile(r"\s*([+-]?\d{1,7}(?:\.\d{0,6})?)")
ISRC = re.compile(r'isrc="([A-Za-z0-9-]{12,15})"', re.IGNORECASE)
LONGEST_S = 24 * 3600
BREAKS = re.compile(r"\r\n|\n|\r")


def read(data: bytes) -> list[Line]:
    """Return the lines of a file. Raises Unreadable."""
    found, said = list[tuple[str, str]](), ""
    for raw in BREAKS.split(_text(data)):
        row = raw.strip()
        if row.startswith("#"):
            if row.startswith(STREAM):
                raise Unreadable("This is the index of one stream, not a list of pieces.")
            said = row[len("#EXTINF:") :] if row.upper().startswith("#EXTINF:") else said
        elif row:
            found.append((row, said))
            said = ""
    return [_line(row, words) for row, words in listed(found)]


def write(what: Listed) -> str:
    """Return the file of a list."""
    rows = ["#EXTM3U", f"#PLAYLIST:{plain(what.title)}"]
    for line in what.lines:
        seconds = -1 if line.duration_ms is None else round(line.duration_ms / 1000)
        isrc = f' isrc="{line.isrc}"' if line.isrc else ""
        rows.append(f"#EXTINF:{seconds}{isrc},{plain(line.artist)} - {plain(line.title)}")
        rows.append(line.location)
    return "\n".join(rows) + "\n"


def _text(data: bytes) -> str:
    """Decode a file: UTF-8, with or without a mark; UTF-16 with one; else Latin 1."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if text.count("\0") > len(text) // 20:
        raise Unreadable("This file is not text.")
    return text


def _line(location: str, said: str) -> Line:
    attributes, words = _parted(said)
    seconds = SECONDS.match(attributes)
    length = float(seconds[1]) if seconds else -1.0
    isrc = ISRC.search(attributes)
    artist, title = artist_and_title(plain(words)) if plain(words) else guessed(location)
    return Line(
        location=plain(location)[:TEXT_MOST],
        title=title,
        artist=artist,
        duration_ms=round(length * 1000) if 0 < length <= LONGEST_S else None,
        isrc=isrc[1].replace("-", "").upper() if isrc else "",
    )


def _parted(said: str) -> tuple[str, str]:
    """Part what stands before the first comma outside of quotes from what stands behind it."""
    quoted = False
    for at, letter in enumerate(said[: TEXT_MOST * 10]):
        if letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            return said[:at], said[at + 1 :]
    before, _, after = said.partition(",")
    return before, after
