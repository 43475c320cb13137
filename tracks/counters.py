"""Figures beside a track: each app registers what it counts, and pages show them side by side.

A rule is a function `(ids) -> {id: figure}` with a bounded number of queries. Figures are fetched
for a whole list at once, and beside it: no list is joined with what is counted.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

Rule = Callable[[list[UUID]], Mapping[UUID, int]]


@dataclass(frozen=True)
class Counter:
    """What is counted: its name, and the words for one and for several (`{}` is the figure)."""

    name: str
    one: str
    several: str
    rule: Rule

    def words(self, figure: int) -> str:
        """Say the figure."""
        return (self.one if figure == 1 else self.several).format(figure)


COUNTERS: dict[str, Counter] = {}


def register(name: str, one: str, several: str, rule: Rule) -> None:
    """Say what is counted. Raises ValueError for a name given twice."""
    if name in COUNTERS:
        raise ValueError(f"The counter {name!r} is registered twice.")
    COUNTERS[name] = Counter(name, one, several, rule)


def sentences_of(ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Return for each track, by its key, the figures that are not zero, in words."""
    wanted = list(ids)
    found: dict[UUID, list[str]] = {}
    for counter in COUNTERS.values() if wanted else ():
        for key, figure in counter.rule(wanted).items():
            if figure:
                found.setdefault(key, []).append(counter.words(figure))
    return found
