"""Which of a file's lines are pieces of this site that somebody may open.

By our own addresses, then by ISRC, then by title and artist; nothing is ever fetched. A bounded
number of queries, however long the file.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Lower

from config.lib import origins
from tracks import access
from tracks.access import Person
from tracks.models import Track
from tracks.playlists.formats.lines import Line

NEAR_MS = 3_000  # how far the length of the same piece may be off, from one program to another
LENGTH = "primary_version__media__asset__facts__duration_ms"
# How an address of a track ends, whatever the site's prefix: its slug, or the key of an unlisted.
OURS = re.compile(r"/(tracks|t)/([\w-]{1,90})/?", re.ASCII)
Found = dict[int, Any]  # by the place of a line, the key of a track


def matched(lines: Sequence[Line], by: Person) -> Found:
    """Return which line is which track, for those that this person may open."""
    found: Found = {}
    for way in (_by_address, _by_isrc, _by_words):
        left = {place: line for place, line in enumerate(lines) if place not in found}
        if left:
            found |= way(left, by)
    return found


def _by_address(lines: dict[int, Line], by: Person) -> Found:
    named: dict[str, dict[int, str]] = {"tracks": {}, "t": {}}
    for place, line in lines.items():
        if ours := _ours(line.location):
            named[ours[0]][place] = ours[1]
    slugs = _keys(Track.objects.visible_to(by), "slug", named["tracks"].values())
    unlisted = Track.objects.filter(access.by_token(by))  # whoever has the link may listen
    tokens = _keys(unlisted, "token", named["t"].values())
    known = {place: slugs.get(name) for place, name in named["tracks"].items()}
    known |= {place: tokens.get(name) for place, name in named["t"].items()}
    return {place: key for place, key in known.items() if key}


def _ours(location: str) -> tuple[str, str] | None:
    """Return which page of a track an address is, if it is one of this site."""
    try:
        parts = urlsplit(location)
        host = parts.netloc
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or origins.of_host(host) is None:
        return None
    path = parts.path.removeprefix(settings.NEXUS_PREFIX)
    found = OURS.fullmatch(path)
    return (found[1], found[2]) if found else None


def _by_isrc(lines: dict[int, Line], by: Person) -> Found:
    codes = {place: line.isrc for place, line in lines.items() if line.isrc}
    keys = _keys(Track.objects.visible_to(by), "isrc", codes.values())
    return {place: keys[code] for place, code in codes.items() if code in keys}


def _keys(rows: Any, column: str, wanted: Iterable[str]) -> dict[str, Any]:
    """Return the keys of the tracks by this column's value; the oldest where it is not alone."""
    values = set(wanted)
    if not values:
        return {}
    found = rows.filter(**{f"{column}__in": values}).order_by("-pk")
    return dict(found.values_list(column, "pk"))


def _by_words(lines: dict[int, Line], by: Person) -> Found:
    titles = {line.title.lower() for line in lines.values() if line.title}
    rows = Track.objects.visible_to(by).annotate(low=Lower("title")).filter(low__in=titles)
    names = ("title", "artist_credit", "owner__display_name", "owner__handle")
    known: dict[str, list[tuple[Any, set[str], int | None]]] = defaultdict(list)
    for key, length, title, *artists in rows.order_by("pk").values_list("pk", F(LENGTH), *names):
        known[_folded(title)].append((key, {_folded(name) for name in artists if name}, length))
    picked = {place: _pick(line, known[_folded(line.title)]) for place, line in lines.items()}
    return {place: key for place, key in picked.items() if key}


def _pick(line: Line, rows: list[tuple[Any, set[str], int | None]]) -> Any:
    """Return the one that it is: by its artist, and where that is not said the only one."""
    if line.artist:
        rows = [row for row in rows if _folded(line.artist) in row[1]]
    if line.duration_ms:
        near = [row for row in rows if row[2] and abs(row[2] - line.duration_ms) <= NEAR_MS]
        unknown = [row for row in rows if row[2] is None]
        rows = near or unknown
    if line.artist or len(rows) == 1:
        return rows[0][0] if rows else None
    return None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
