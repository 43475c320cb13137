"""What the pages of browsing are given."""

from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from config.lib.urls import address_of
from tracks.access import User
from tracks.browse import rules, selectors
from tracks.browse.rules import Choice
from tracks.models import Label, Tag
from tracks.models.described import Licence

TAGS = {
    Tag.Kind.GENRE: "Genres",
    Tag.Kind.MOOD: "Moods",
    Tag.Kind.INSTRUMENT: "Instruments",
}
LABELS_AT_FIRST = 12
# Of the wheel's drawing, 400 units wide: inner and outer edge of each ring, the middle of its
# words, and how wide and high what is pressed there may be within its sector.
MIDDLE = 200
RINGS = {"A": (64, 131, 101, 52, 56), "B": (133, 199, 167, 80, 56)}


@dataclass(frozen=True)
class Link:
    """A way on: `url` is empty where nobody would find anything."""

    title: str
    url: str


@dataclass(frozen=True)
class Sector:
    """A key on the wheel: its shape as an SVG path, and the rectangle of its words."""

    code: str
    words: str
    url: str
    path: str
    x: float
    y: float
    width: int
    height: int
    ring: str


def ways_in() -> dict[str, Any]:
    """Return the context of the first page: every way in that leads to something."""
    keys = [rules.choice_of("key", word) for word in rules.SPELLINGS]
    tempos = [rules.choice_of("tempo", word) for word in rules.tempo_words()]
    licences = [rules.choice_of("licence", word) for word in Licence.values]
    has_key = selectors.filled(keys)
    found = selectors.labels(selectors.NOBODY, size=LABELS_AT_FIRST)
    return {
        "tags": [
            {"kind": kind.value, "heading": heading, "tags": rows}
            for kind, heading in TAGS.items()
            if (rows := selectors.tags_of(kind))
        ],
        "tempos": _links(tempos, selectors.filled(tempos)),
        "sectors": [_sector(choice, choice.word in has_key) for choice in keys],
        "has_keys": bool(has_key),
        "licences": [link for link in _links(licences, selectors.filled(licences)) if link.url],
        "years": [Link(str(year), _url("year", str(year))) for year in selectors.years()],
        "labels": [{"label": row, "url": _on_label(row)} for row in found.rows],
        "more_labels": bool(found.next_cursor),
    }


def pieces_page(way: str, word: str, viewer: User, before: str) -> dict[str, Any]:
    """Return the context of the pieces that a way chooses. Raises Http404 for no such word."""
    choice = rules.choice_of(way, word)
    found = selectors.pieces(choice, viewer, before)
    return {
        "way": way,
        "title": choice.title,
        "list_key": f"{way}:{word}",
        "tracks": found.rows,
        "next_url": found.next_url,
        "count": selectors.count(choice, viewer).words if not before else "",
        "narrow_url": _search(choice.narrow),
        "narrow": choice.narrow,
        "near": _near(choice),
        "deed": Licence(word).deed if way == "licence" else "",
    }


def label_page(label: Label, viewer: User, before: str) -> dict[str, Any]:
    """Return the context of the pieces on a label."""
    found = selectors.pieces_on(label, viewer, before)
    return {
        "way": "label",
        "title": label.name,
        "label": label,
        "list_key": f"label:{label.slug}",
        "tracks": found.rows,
        "next_url": found.next_url,
        "count": selectors.count_on(label, viewer).words if not before else "",
    }


def labels_page(viewer: User, before: str) -> dict[str, Any]:
    """Return the context of the list of labels."""
    found = selectors.labels(viewer, before)
    rows = [{"label": row, "url": _on_label(row)} for row in found.rows]
    return {"labels": rows, "next_url": found.next_url}


def _near(choice: Choice) -> list[Link]:
    """Return what is beside it, as far as somebody finds anything there."""
    choices = [rules.choice_of(choice.way, word) for word in choice.near]
    has = selectors.filled(choices) if choices else set()
    return [link for link in _links(choices, has) if link.url]


def _links(choices: list[Choice], has: set[str]) -> list[Link]:
    return [Link(one.title, _url(one.way, one.word) if one.word in has else "") for one in choices]


def _url(way: str, word: str) -> str:
    return reverse("browse-pieces", args=[way, word])


def _on_label(label: Label) -> str:
    return address_of("browse-label", label.slug)


def _search(words: str) -> str:
    return f"{address_of('search')}?{urlencode({'q': words}, safe=':')}"


def _sector(choice: Choice, has_music: bool) -> Sector:
    hour, ring = int(choice.word[:-1]), choice.word[-1]
    inner, outer, middle, width, height = RINGS[ring]
    centre = hour * pi / 6  # 12 stands at the top, as on a clock
    ends = centre - pi / 12, centre + pi / 12
    (ax, ay), (bx, by) = (_at(outer, angle) for angle in ends)
    (cx, cy), (dx, dy) = (_at(inner, angle) for angle in reversed(ends))
    path = f"M{ax} {ay}A{outer} {outer} 0 0 1 {bx} {by}L{cx} {cy}A{inner} {inner} 0 0 0 {dx} {dy}Z"
    x, y = _at(middle, centre)
    url = _url("key", choice.word) if has_music else ""
    return Sector(
        code=choice.word,
        words=choice.title,
        url=url,
        path=path,
        x=round(x - width / 2, 1),
        y=round(y - height / 2, 1),
        width=width,
        height=height,
        ring=ring.lower(),
    )


def _at(radius: int, angle: float) -> tuple[float, float]:
    """Return a place on the wheel: an angle in radians, clockwise from the top."""
    return round(MIDDLE + radius * sin(angle), 1), round(MIDDLE - radius * cos(angle), 1)
