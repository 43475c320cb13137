"""What a search's page says beside what was found."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from tracks.access import User
from tracks.search import selectors
from tracks.search.counting import Group
from tracks.search.facets import FACETS
from tracks.search.grammar import LETTERS_MOST, Chip, Wanted
from tracks.search.registry import ARMS, KINDS, Found, Kind
from tracks.search.selectors import EXACT_MOST

PASSAGES = 8  # on a page


@dataclass(frozen=True)
class Choice:
    """A link to another state of the search."""

    label: str
    address: str
    title: str = ""
    count: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Hint:
    """What can be asked, and how it is written."""

    label: str
    written: str


def page(wanted: Wanted, viewer: User, cursor: str) -> dict[str, Any]:
    """Return all that the page of a search says. Runs in `selectors.bounded()`."""
    found = selectors.results(wanted, viewer, cursor, with_cards=True)
    is_blank = not (found.tracks or found.cards or found.others or cursor)
    is_whole = bool(cursor) or wanted.chosen_kind
    dropped = selectors.to_drop(wanted, viewer) if is_blank else []
    nothing = is_blank and not dropped and wanted.chips
    bare = replace(wanted, chips=()) if nothing and selectors.are_there(wanted, viewer) else None
    following = f"?{wanted.address()}&cursor={found.next_cursor}" if found.next_cursor else ""
    return {
        "wanted": wanted,
        "found": found,
        "beside": [] if is_whole else _beside(wanted, viewer),
        "has_passages": bool(wanted.query and not is_whole and not wanted.chips),
        "chips": chips(wanted),
        "kinds": kinds(wanted),
        "dropped": to_drop(wanted, dropped),
        "bare_url": f"?{bare.address()}" if bare else "",
        "next_url": following,
        "is_first_page": not cursor,
        "hints": hints() if wanted.is_empty else [],
    }


def _beside(wanted: Wanted, viewer: User) -> list[tuple[Any, list[Found]]]:
    return [*selectors.beside(wanted, viewer), *selectors.by_arms(wanted, viewer)]


def passages(wanted: Wanted, viewer: User) -> dict[str, Any]:
    """Return where in tracks what is looked for stands. Runs in `selectors.bounded()`."""
    arms = [arm for arm in ARMS.values() if arm.by and wanted.query]
    found = [(arm, arm.find(wanted.text, viewer, PASSAGES)) for arm in arms]
    return {"wanted": wanted, "arms": [(arm, rows) for arm, rows in found if rows]}


def address_of(sentence: Wanted, text: str) -> str:
    """Return the query of the address of a sentence that was read as conditions."""
    return f"{sentence.address()}&{urlencode({'said': text})}"


def meant(sentence: Wanted | None, wanted: Wanted, said: str) -> dict[str, Any]:
    """Return what the page says of a sentence: how it could be read, or was, and how else."""
    words = f"?{urlencode({'q': said[:LETTERS_MOST], 'as': 'words'})}"
    return {
        "sentence": chips(sentence) if sentence else [],
        "sentence_url": f"?{address_of(sentence, wanted.text)}" if sentence else "",
        "said": said[:LETTERS_MOST] if wanted.chips else "",
        "as_words_url": words,
    }


def hints() -> list[Hint]:
    """Return what can be written beside words, each with an example."""
    asked = [Hint(facet.label, f"{facet.name}:{facet.hint}") for facet in FACETS.values()]
    return [*asked, Hint("Just so", '"night train"'), Hint("Without a word", "-remix")]


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
