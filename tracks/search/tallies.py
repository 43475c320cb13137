"""How many things fit several states of a search at once, exactly up to 1,000; 1,001 for more."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Value

from tracks.access import User
from tracks.search import gathering
from tracks.search.grammar import TRACK, Wanted
from tracks.search.registry import KINDS
from tracks.search.selectors import EXACT_MOST, count

LOOKED_AT = EXACT_MOST + 9  # documents for one count: some of them may not be opened
TOGETHER = 6  # counts in one query


class Some(NamedTuple):
    """Keys of what the viewer may open; whether that is all, and whether nothing was closed."""

    keys: list[UUID]
    is_whole: bool
    all_open: bool


def of_kinds(wanted: Wanted, viewer: User) -> dict[str, int]:
    """Return how many of each kind fit; of a kind of which nothing does, what is nearly so."""
    if wanted.is_empty:
        return dict.fromkeys(KINDS, 0)
    states = {name: wanted.of_kind(name) for name in KINDS}
    found: dict[str, set[UUID]] = {name: set() for name in KINDS}
    if gathering.is_narrow(wanted):
        for name, pk in gathering.fits_beside(wanted, LOOKED_AT):
            found[name].add(pk)
        found[TRACK].update(gathering.fits(states[TRACK]).values_list("pk", flat=True)[:LOOKED_AT])
        many = _opened(states.values(), found.values(), viewer)
    else:
        many = counts(list(states.values()), viewer)
    return {
        name: exactly or count(states[name], viewer)
        for name, exactly in zip(KINDS, many, strict=True)
    }


def counts(many: Sequence[Wanted], viewer: User, *, all_open: bool = False) -> list[int]:
    """Return what `count` does for each of these states of a search, without what is nearly so.

    They are asked together and in no order. `all_open` says that the viewer may open whatever has a
    document, as far as that was looked at: then what fits beyond 1,000 is not looked at again.
    """
    found: list[set[UUID]] = [set() for _ in many]
    for first in range(0, len(many), TOGETHER):
        numbered = enumerate(many[first : first + TOGETHER], first)
        one, *others = [
            gathering.fits(wanted).annotate(step=Value(n)).values_list("step", "pk")[:LOOKED_AT]
            for n, wanted in numbered
        ]
        for n, pk in one.union(*others, all=True) if others else one:
            found[n].add(pk)
    is_more = [all_open and len(keys) == LOOKED_AT for keys in found]
    looked_at = [set() if more else keys for keys, more in zip(found, is_more, strict=True)]
    exactly = _opened(many, looked_at, viewer)
    return [EXACT_MOST + 1 if more else n for n, more in zip(exactly, is_more, strict=True)]


def _opened(states: Iterable[Wanted], found: Iterable[set[UUID]], viewer: User) -> list[int]:
    pairs = list(zip(states, found, strict=True))
    keys: dict[str, set[UUID]] = {}
    for wanted, some in pairs:
        keys.setdefault(wanted.kind, set()).update(some)
    may = {name: KINDS[name].may_open(sorted(some), viewer) for name, some in keys.items()}
    return [_counted(wanted, some, may[wanted.kind], viewer) for wanted, some in pairs]


def _counted(wanted: Wanted, keys: set[UUID], may: set[UUID], viewer: User) -> int:
    opened = len(keys & may)
    is_all = len(keys) < LOOKED_AT
    return min(opened, EXACT_MOST + 1) if is_all or opened > EXACT_MOST else count(wanted, viewer)


def some_of(wanted: Wanted, viewer: User, most: int) -> Some:
    """Return some of what fits as it is written, in no order."""
    keys = list(gathering.fits(wanted).values_list("pk", flat=True)[:most])
    may = KINDS[wanted.kind].may_open(keys, viewer)
    opened = [key for key in keys if key in may]
    return Some(opened, is_whole=len(keys) < most, all_open=len(opened) == len(keys))
