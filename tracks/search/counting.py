"""How many things are found, and how many would be with one condition more.

Exact up to 1,000; what is more is told as 1,001. A count is that of the list itself: both walk the
same way.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Count

from tracks.access import User
from tracks.models import Document, Tag
from tracks.search import tallies
from tracks.search.facets import FACETS, HAS
from tracks.search.grammar import TRACK, Chip, Wanted
from tracks.search.ranking import NEARLY
from tracks.search.registry import KINDS, Kind
from tracks.search.selectors import EXACT_MOST, count, places_of

LOOKED_THROUGH = 4_000  # documents, for the values that many of them have
OFFERED = 6  # values of one facet
TEMPOS = ("..90", "90..110", "110..128", "128..150", "150..")
LENGTHS = ("..2:00", "2:00..4:00", "4:00..8:00", "8:00..")
# Traits have no places in their text, words do.
TRAITS = """
SELECT lexeme, count(*) FROM tracks_document, unnest(words)
WHERE id = ANY(%s) AND positions IS NULL GROUP BY lexeme
"""


@dataclass(frozen=True)
class Option:
    """A condition that can be added, and how many things would be found."""

    chip: Chip
    count: int


@dataclass(frozen=True)
class Group:
    """What can be added of one facet."""

    name: str
    label: str
    options: list[Option]


def by_kind(wanted: Wanted, viewer: User) -> list[tuple[Kind, int]]:
    """Return how many of each kind are found, without the kinds of which nothing is."""
    many = tallies.of_kinds(wanted, viewer)
    return [(kind, many[name]) for name, kind in KINDS.items() if many[name]]


def groups(wanted: Wanted, viewer: User) -> list[Group]:
    """Return what can be added to narrow what is found. Tracks alone are narrowed."""
    if wanted.kind != TRACK:
        return []
    asked = {chip.name for chip in wanted.chips if chip.facet and not chip.facet.several}
    chosen = {chip.pair for chip in wanted.chips}
    some, is_nearly = _some(wanted, viewer)
    known = _counted(some.keys)
    offered = [
        (name, [Chip(name, it) for it in values if (name, it) not in chosen and _is_read(name, it)])
        for name, values in _offered(known).items()
        if name not in asked
    ]
    chips = [chip for _, of_it in offered for chip in of_it]
    many = {chip: min(known.get(chip.pair, 0), EXACT_MOST + 1) for chip in chips}
    if not some.is_whole:  # what is rare among some of them is counted by itself
        rare = {chip: wanted.with_chip(chip) for chip in chips if many[chip] <= EXACT_MOST}
        if is_nearly:
            many |= {chip: count(state, viewer) for chip, state in rare.items()}
        else:
            exactly = tallies.counts(list(rare.values()), viewer, all_open=some.all_open)
            many |= dict(zip(rare, exactly, strict=True))
    groups = (
        Group(name, FACETS[name].label, [Option(chip, many[chip]) for chip in of_it if many[chip]])
        for name, of_it in offered
    )
    return [group for group in groups if group.options]


def _some(wanted: Wanted, viewer: User) -> tuple[tallies.Some, bool]:
    """Return all that is found or enough of it, and whether it is only nearly what was written."""
    places = places_of(wanted, viewer, EXACT_MOST + 1)
    keys = [place.pk for place in places]
    is_whole, is_nearly = len(keys) <= EXACT_MOST, bool(places) and places[0].step == NEARLY
    if is_whole or is_nearly:
        return tallies.Some(keys, is_whole, all_open=False), is_nearly
    return tallies.some_of(wanted, viewer, LOOKED_THROUGH), False


def _is_read(name: str, value: str) -> bool:
    """Tell whether a condition can be asked for as it is: an original may be coded as anything."""
    try:
        return FACETS[name].read(value) == value
    except ValueError:
        return False


def _offered(known: Counter[tuple[str, str]]) -> dict[str, Sequence[str]]:
    def most(name: str) -> list[str]:
        return [value for (of, value), _ in known.most_common() if of == name][:OFFERED]

    return {
        "tag": most("tag"),
        "has": [*HAS],
        "bpm": TEMPOS,
        "key": sorted(most("key"), key=lambda code: (int(code[:-1]), code)),
        "length": LENGTHS,
        "year": sorted(most("year"), reverse=True),
        "licence": most("licence"),
        "codec": most("codec"),
    }


def _counted(keys: list[UUID]) -> Counter[tuple[str, str]]:
    """Return how many of these documents have each value, under the names that chips have."""
    found: Counter[tuple[str, str]] = Counter()
    if not keys:
        return found
    with connection.cursor() as cursor:
        cursor.execute(TRAITS, [keys])
        traits = [(*lexeme.split("=", 1), times) for lexeme, times in cursor.fetchall()]
    tags = {value for name, value, _ in traits if name == "tag"}
    known = set(Tag.objects.filter(key__in=tags, merged_into=None).values_list("key", flat=True))
    for name, value, times in traits:
        if name in {"has", "year", "licence", "codec"} or (name == "tag" and value in known):
            found[(name, value)] = times
        elif name == "key":
            found[(name, FACETS["key"].read(value))] = times
    return found + _in_spans(keys)


def _in_spans(keys: list[UUID]) -> Counter[tuple[str, str]]:
    spans = [("bpm", span) for span in TEMPOS] + [("length", span) for span in LENGTHS]
    asked = {
        f"span_{n}": Count("pk", filter=FACETS[name].condition(span).figures)
        for n, (name, span) in enumerate(spans)
    }
    counts = Document.objects.filter(pk__in=keys).aggregate(**asked)
    return Counter({span: counts[f"span_{n}"] for n, span in enumerate(spans)})
