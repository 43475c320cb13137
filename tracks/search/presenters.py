"""What a search's page says beside what was found."""

from dataclasses import dataclass, replace

from tracks.search.counting import Group
from tracks.search.grammar import Chip, Wanted
from tracks.search.registry import KINDS, Kind
from tracks.search.selectors import EXACT_MOST


@dataclass(frozen=True)
class Choice:
    """A link to another state of the search."""

    label: str
    address: str
    title: str = ""
    count: str = ""
    is_current: bool = False


def chips(wanted: Wanted) -> list[Choice]:
    """Return the chips, each with the address of what is found without it."""
    return [
        Choice(chip.label, f"?{wanted.without(chip).address()}", chip.title)
        for chip in wanted.chips
    ]


def to_drop(wanted: Wanted, dropped: list[Chip]) -> list[Choice]:
    """Return the chips that can be dropped so that something is found."""
    return [
        Choice(chip.label, f"?{wanted.without(chip).address()}", chip.title) for chip in dropped
    ]


def bare(wanted: Wanted) -> str:
    """Return the query of the address of the words alone."""
    return replace(wanted, chips=()).address()


def kinds(wanted: Wanted) -> list[Choice]:
    """Return the kinds of things that can be looked for."""
    return [
        Choice(
            kind.heading,
            f"?{wanted.of_kind(kind.name).address()}",
            is_current=kind.name == wanted.kind,
        )
        for kind in KINDS.values()
    ]


def counted_kinds(wanted: Wanted, counts: list[tuple[Kind, int]]) -> list[Choice]:
    """Return the kinds of which something is found, and how much."""
    return [
        Choice(
            kind.heading,
            f"?{wanted.of_kind(kind.name).address()}",
            count=words_of(found),
            is_current=kind.name == wanted.kind,
        )
        for kind, found in counts
    ]


def groups(wanted: Wanted, found: list[Group]) -> list[tuple[str, list[Choice]]]:
    """Return what can be added, each with the address of what is found with it."""
    return [
        (
            group.label,
            [
                Choice(
                    option.chip.label,
                    f"?{wanted.with_chip(option.chip).address()}",
                    count=words_of(option.count),
                )
                for option in group.options
            ],
        )
        for group in found
    ]


def words_of(count: int) -> str:
    """Return a count as people read it: exact up to 1,000."""
    return f"{count:,}" if count <= EXACT_MOST else f"{EXACT_MOST:,}+"
