"""The ways in by tempo, key, year and licence: what each word of an address chooses.

A choice is a condition on tracks, and the words that narrow a search to the same.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import Q
from django.http import Http404

from tracks.models.described import Licence
from tracks.music_facts.rules import MAJOR, MINOR, NATURAL, SHIFTS, camelot, key_words

# Beats a minute: from, and up to but without.
BANDS = (
    *((20, 70), (70, 90), (90, 110), (110, 120)),
    *((120, 130), (130, 150), (150, 180), (180, 401)),
)
SLOWEST, FASTEST = BANDS[0][0], BANDS[-1][1]
HOURS = 12
YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
NAMES = [f"{letter}{sign}" for letter in NATURAL for sign in SHIFTS]
RINGS = {"A": MINOR, "B": MAJOR}
# Every way in which a key may stand in a row, by its code: what is one on the wheel is one.
SPELLINGS = {
    f"{hour}{ring}": [key for key in keys if camelot(key) == f"{hour}{ring}"]
    for ring, keys in (("A", [f"{name}m" for name in NAMES]), ("B", NAMES))
    for hour in range(1, HOURS + 1)
}


@dataclass(frozen=True)
class Choice:
    """One word of one way: whom it concerns, what it is called, and how a search says it."""

    way: str
    word: str
    title: str
    query: Q
    narrow: str
    near: list[str] = field(default_factory=list)  # words of the same way that go with it


def choice_of(way: str, word: str) -> Choice:
    """Return what a way chooses by a word. Raises Http404 for no such word."""
    if way not in WAYS:
        raise Http404
    found = WAYS[way](word)
    if found is None:
        raise Http404
    return found


def tempo(word: str) -> Choice | None:
    """Return the pieces of a band, such as `90-110`."""
    words = tempo_words()
    if word not in words:
        return None
    place = words.index(word)
    first, last = BANDS[place]
    return Choice(
        *("tempo", word, _title_of(first, last)),
        query=Q(bpm__gte=first, bpm__lt=last),
        narrow=f"bpm:{first}..{last - 1 if last == FASTEST else last}",
        near=words[max(0, place - 1) : place] + words[place + 1 : place + 2],
    )


def tempo_words() -> list[str]:
    """Return the words of all bands, the slowest first."""
    return [_word_of(band) for band in BANDS]


def key(word: str) -> Choice | None:
    """Return the pieces in a key by its place on the Camelot wheel, such as `8A`."""
    if word not in SPELLINGS:
        return None
    hour, ring = int(word[:-1]), word[-1]
    return Choice(
        *("key", word, f"{word}, {key_words(RINGS[ring][hour - 1])}"),
        query=Q(music_key__in=SPELLINGS[word]),
        narrow=f"key:{word}",
        near=neighbours(word),
    )


def neighbours(word: str) -> list[str]:
    """Return the codes that mix with one: its relative, and an hour to either side."""
    hour, ring = int(word[:-1]), word[-1]
    sides = (hour - 2) % HOURS + 1, hour % HOURS + 1
    return [f"{hour}{'B' if ring == 'A' else 'A'}", *(f"{side}{ring}" for side in sides)]


def year(word: str) -> Choice | None:
    """Return the pieces that came out here in a year, in UTC."""
    if not YEAR.fullmatch(word):
        return None
    begins, ends = (datetime(int(word) + more, 1, 1, tzinfo=UTC) for more in (0, 1))
    near = [str(int(word) - 1), str(int(word) + 1)]
    query = Q(published_at__gte=begins, published_at__lt=ends)
    # Not `year:`, which asks when music first came out, wherever that was.
    narrow = f"after:{word} before:{int(word) + 1}"
    return Choice("year", word, word, query, narrow, near)


def licence(word: str) -> Choice | None:
    """Return the pieces under a licence."""
    if word not in Licence.values:
        return None
    short = re.sub(r"-\d\.\d$", "", word)
    title = Licence(word).label
    return Choice("licence", word, title, Q(licence=word), f"licence:{short}")


WAYS = {"tempo": tempo, "key": key, "year": year, "licence": licence}


def _word_of(band: tuple[int, int]) -> str:
    return f"{band[0]}-{band[1] - 1 if band[1] == FASTEST else band[1]}"


def _title_of(first: int, last: int) -> str:
    if first == SLOWEST:
        return f"Below {last} BPM"
    return f"{first} BPM and more" if last == FASTEST else f"{first} to {last} BPM"
