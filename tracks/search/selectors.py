"""Finding things by words and traits: keys by the index first, then what the viewer may open."""

import itertools
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.http import Http404

from config.lib import page_cache
from config.lib.paging import PAGE_SIZE
from config.lib.problems import Problem
from tracks.access import User
from tracks.cards import ListedTrack, listed
from tracks.search import gathering, ranking, words
from tracks.search.grammar import TRACK, Chip, Wanted
from tracks.search.ranking import NEARLY, Place
from tracks.search.registry import ARMS, KINDS, Arm, Found, Kind

logger = logging.getLogger(__name__)

BOUND_S = 0.9  # of one query of a search
BESIDE_KINDS = 3  # of which something stands beside tracks
BESIDE = 6  # of each
DROP_S = 0.5  # in which it is found out which chips could be dropped
EXACT_MOST = 1000  # a count above is “1,000+”
SPARE = 8  # keys beyond a page, for what the viewer may not open
TOO_LONG = "This search took too long. Add a word, or take a condition away."


@dataclass(frozen=True)
class Results:
    """A page of what was found, and the cursor behind it; empty where nothing follows.

    Things of kinds that have cards are rows in `cards` where these were asked for.
    """

    tracks: list[ListedTrack]
    others: list[Found]
    next_cursor: str
    cards: Sequence[Any] = ()


@contextmanager
def bounded(seconds: float = BOUND_S, settings: Mapping[str, str] | None = None) -> Iterator[None]:
    """Let a search take no longer; `settings` are more of the database's. Raises Problem:
    `too-slow`."""
    try:
        with transaction.atomic():
            ranking.bound(seconds, settings or {})
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != "57014":  # query_canceled
            raise
        raise Problem("too-slow", TOO_LONG, status=503) from None


def results(
    wanted: Wanted,
    viewer: User,
    cursor: str = "",
    size: int = PAGE_SIZE,
    *,
    with_cards: bool = False,
) -> Results:
    """Return a page of what fits, the best first. Runs in `bounded()`. Http404 for a bad cursor."""
    if wanted.is_empty:
        return Results([], [], "")
    found: list[Place] = []
    for place in walk(wanted, viewer, read_cursor(cursor), size + 1 + SPARE):
        found.append(place)
        if len(found) > size:
            break
    shown = found[:size]
    following = write_cursor(shown[-1]) if len(found) > size else ""
    keys = [place.pk for place in shown]
    if wanted.kind == TRACK:
        return Results([track for _, track in listed(keys)], [], following)
    kind = KINDS[wanted.kind]
    if with_cards and kind.cards:
        return Results([], [], following, kind.cards(keys, viewer))
    return Results([], kind.dress(keys, viewer), following)


def walk(wanted: Wanted, viewer: User, after: Place | None, at_once: int) -> Iterator[Place]:
    """Yield the places of all that fits and the viewer may open, the best first.

    Two queries for each `at_once` of them; where many of them are closed, more at once. What is
    written nearly so comes where nothing is written just so: then a count of what is found is the
    same whichever way it was come by. Raises Problem: `too-slow`.
    """
    kind, count = KINDS[wanted.kind], 0
    begun_nearly = after is not None and after.step == NEARLY
    if not begun_nearly:
        for batch in _batches(partial(ranking.fitting, wanted), after, at_once):
            for found in _opened(kind, batch, viewer):
                count += 1
                yield found
        if after is not None or count:
            return
    place = after if begun_nearly else None
    for batch in _batches(partial(ranking.nearly, wanted), place, at_once):
        yield from _opened(kind, batch, viewer)


def _batches(
    ask: Callable[[Place | None, int], list[Place]], place: Place | None, at_once: int
) -> Iterator[list[Place]]:
    """Yield places behind a place, a batch a query, each larger than the one before."""
    begun = time.monotonic()
    while True:
        yield (batch := ask(place, at_once))
        if len(batch) < at_once:
            return
        if time.monotonic() - begun > BOUND_S:
            raise Problem("too-slow", TOO_LONG, status=503)
        place, at_once = batch[-1], max(at_once, min(4 * at_once, EXACT_MOST))


def _opened(kind: Kind, places: list[Place], viewer: User) -> Iterator[Place]:
    may = kind.may_open([place.pk for place in places], viewer)
    yield from (place for place in places if place.pk in may)


def beside(wanted: Wanted, viewer: User) -> list[tuple[Kind, list[Found]]]:
    """Return what else has these words in its name: of up to three kinds, up to six of each."""
    if not wanted.query or wanted.chips:
        return []
    key = words.title_key(wanted.text)
    by_kind: dict[str, list[tuple[bool, UUID]]] = {}
    for name, title, pk in gathering.beside(wanted, KINDS.keys() - {TRACK}, BESIDE + SPARE):
        by_kind.setdefault(name, []).append((title != key, pk))
    # Where something is called just so, its kind comes first; else in the order of kinds.
    order = sorted(by_kind, key=lambda name: (min(by_kind[name])[0], list(KINDS).index(name)))
    found = []
    for name in order[:BESIDE_KINDS]:
        keys = [pk for _, pk in sorted(by_kind[name], key=lambda pair: pair[0])]
        if dressed := KINDS[name].dress(keys, viewer):
            found.append((KINDS[name], dressed[:BESIDE]))
    return found


def by_arms(wanted: Wanted, viewer: User) -> list[tuple[Arm, list[Found]]]:
    """Return what upper apps find of these words, without the arms that find nothing or passages.

    One that fails is left out and logged: it costs nobody the words' own results.
    """
    found = []
    arms = [arm for arm in ARMS.values() if not arm.by]
    for arm in arms if wanted.query and not wanted.chips else ():
        try:
            with transaction.atomic():
                rows = arm.find(wanted.text, viewer, BESIDE)
        except Exception:
            logger.exception("The arm %s of the search found nothing.", arm.name)
            continue
        if rows:
            found.append((arm, rows))
    return found


def passages(text: str, viewer: User, mode: str, most: int) -> list[Found]:
    """Return the tracks that answer, each with its passage, by the arms that find some. In
    `bounded()`."""
    arms = [arm.by for arm in ARMS.values() if arm.by]
    return [row for by in arms for row in by(text, viewer, most, mode)][:most]


def settings_of_arms() -> dict[str, str]:
    """Return the settings of the database that arms ask for."""
    return {name: value for arm in ARMS.values() for name, value in (arm.settings or {}).items()}


def fits_as_written(wanted: Wanted, viewer: User) -> bool:
    """Tell whether something has all of these words, none of them mistyped."""
    return any(place.step != NEARLY for place in places_of(wanted, viewer, 1))


def count(wanted: Wanted, viewer: User) -> int:
    """Return how many things fit, exactly up to 1,000; 1,001 for more."""
    if wanted.is_empty:
        return 0
    found = 0
    for _ in walk(wanted, viewer, None, EXACT_MOST + 1):
        found += 1
        if found > EXACT_MOST:
            break
    return found


def places_of(wanted: Wanted, viewer: User, most: int) -> list[Place]:
    """Return the places of the best that fit, at most so many."""
    return list(itertools.islice(walk(wanted, viewer, None, most), most))


def to_drop(wanted: Wanted, viewer: User) -> list[Chip]:
    """Return the chips without any one of which something is found, though nothing is with all.

    Of very many no more are tried than there is time for.
    """
    begun, found = time.monotonic(), []
    for chip in wanted.chips:
        fewer = wanted.without(chip)
        if not fewer.is_empty and next(walk(fewer, viewer, None, PAGE_SIZE), None):
            found.append(chip)
        if time.monotonic() - begun > DROP_S:
            break
    return found


def are_there(wanted: Wanted, viewer: User) -> bool:
    """Tell whether the words alone find something, without any chip."""
    bare = replace(wanted, chips=())
    return not bare.is_empty and next(walk(bare, viewer, None, PAGE_SIZE), None) is not None


def write_cursor(place: Place) -> str:
    """Write a place as an address has it."""
    return f"{place.step}-{place.standing}-{place.pk.hex}"


def read_cursor(text: str) -> Place | None:
    """Read what `write_cursor` wrote; None for an empty text. Raises Http404 for anything else."""
    if not text:
        return None
    try:
        step, standing, key = text.split("-")
        found = Place(int(step), int(standing), UUID(hex=key))
    except ValueError:
        raise Http404 from None
    if not (0 <= found.step <= NEARLY and abs(found.standing) < 2**62):
        raise Http404
    return found


def shown() -> None:
    """Say on a page that it shows what was found."""
    page_cache.shows("found", "latest")
