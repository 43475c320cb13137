"""What somebody looks for: words, chips and a kind of thing, read from what they wrote.

`by:anna bpm:120..128 -live has:stems "night train"`: an operator becomes a chip, and chips stand in
the address under names of their own (`?q="night train"&by=anna&bpm=120..128&not=live&has=stems`).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from tracks.search import words
from tracks.search.facets import FACETS, Condition, Facet
from tracks.search.registry import KINDS

LETTERS_MOST = 500  # of what is written; an address has an end
CHIPS_MOST = 20
WORDS_MOST = 8
VALUE_MOST = 100
NOT = "not"  # the chip of a word that must not be there
TRACK = "track"
# One bounded step a letter: no text takes longer than its length.
PIECE = re.compile(
    r'(?P<minus>-?)(?:(?P<name>[a-z]{2,12}):)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>\S+))'
)


@dataclass(frozen=True)
class Chip:
    """One thing that was asked for beside words."""

    name: str
    value: str
    negated: bool = False

    @property
    def facet(self) -> Facet | None:
        """Return what it asks; None for a word that must not be there."""
        return FACETS.get(self.name)

    @property
    def label(self) -> str:
        """Return what the chip reads."""
        facet = self.facet
        said = facet.words(self.value) if facet else f"“{self.value}”"
        return f"not {said}" if self.negated else said

    @property
    def title(self) -> str:
        """Return what kind of thing it asks."""
        return self.facet.label if self.facet else "Without"

    @property
    def pair(self) -> tuple[str, str]:
        """Return how it stands in an address."""
        return self.name, f"-{self.value}" if self.negated else self.value

    def condition(self) -> Condition:
        """Return which documents have it; its negation is the caller's."""
        if self.facet:
            return self.facet.condition(self.value)
        return Condition(words.phrase_of(self.value))


@dataclass(frozen=True)
class Wanted:
    """What is looked for. `text` is what remains beside chips; `problems` are sentences."""

    text: str = ""
    kind: str = TRACK
    chips: tuple[Chip, ...] = ()
    problems: tuple[str, ...] = ()
    chosen_kind: bool = False  # the kind was asked for, instead of tracks and what stands beside
    rewritten: bool = False  # some chip was written as an operator: it has another address

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is looked for."""
        return not self.query and not self.chips

    @property
    def terms(self) -> list[list[str]]:
        """Return the words, each as its parts; phrases are none of them."""
        loose = PIECE.sub(lambda piece: "" if piece["quoted"] is not None else piece[0], self.text)
        return words.chunks(loose)[:WORDS_MOST]

    @property
    def phrases(self) -> list[str]:
        """Return what was quoted, as tsqueries."""
        quoted = (piece["quoted"] for piece in PIECE.finditer(self.text))
        return [query for text in quoted if text and (query := words.phrase_of(text))][:WORDS_MOST]

    @property
    def query(self) -> str:
        """Return the tsquery of words and phrases; empty where there are none."""
        return " & ".join([*map(words.query_of, self.terms), *self.phrases])

    def address(self) -> str:
        """Return the query of the address under which this stands."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [("type", self.kind)] if self.chosen_kind else []
        return urlencode([*pairs, *(chip.pair for chip in self.chips)])

    def without(self, chip: Chip) -> "Wanted":
        """Return the same without this chip."""
        return replace(self, chips=tuple(other for other in self.chips if other != chip))

    def with_chip(self, chip: Chip) -> "Wanted":
        """Return the same with one chip more, instead of one of which there can only be one."""
        others = tuple(other for other in self.chips if other != chip)
        return replace(self, chips=(*others, chip))

    def of_kind(self, kind: str) -> "Wanted":
        """Return the same, of another kind of thing."""
        return replace(self, kind=kind, chosen_kind=True)


def read(values: Mapping[str, Sequence[str]]) -> Wanted:
    """Read an address's query. Whatever cannot be read is left out and told in a sentence."""
    values = {name: [_visible(value) for value in found] for name, found in values.items()}
    text = "".join(values.get("q", [])[:1])
    problems: list[str] = []
    if len(text) > LETTERS_MOST:
        problems.append(f"Only the first {LETTERS_MOST} letters were looked for.")
        text = text[:LETTERS_MOST]
    kind, chosen = _kind(values, problems)
    chips: list[Chip] = []
    for name in (*FACETS, NOT):
        for value in values.get(name, ()):
            chips += _chip(name, value.removeprefix("-"), value.startswith("-"), problems)
    loose, written = _written(text, problems)
    for chip in written:
        if chip.name == "type":
            kind, chosen = chip.value, True
    asked = [chip for chip in written if chip.name != "type"]
    every = list(dict.fromkeys([*chips, *asked]))
    if len(every) > CHIPS_MOST:
        problems.append(f"Only the first {CHIPS_MOST} conditions were looked at.")
    return Wanted(
        text=loose,
        kind=kind,
        chips=tuple(every[:CHIPS_MOST]),
        problems=tuple(dict.fromkeys(problems)),
        chosen_kind=chosen,
        rewritten=bool(written),
    )


def _visible(text: str) -> str:
    """Return a text without what nobody sees and no database takes.

    Joiners and marks of direction part no words: they are dropped, as in what is found.
    """
    return "".join(map(_seen, text[: 20 * LETTERS_MOST]))


def _seen(letter: str) -> str:
    if letter.isprintable():
        return letter
    return "" if unicodedata.category(letter) == "Cf" else " "


def _kind(values: Mapping[str, Sequence[str]], problems: list[str]) -> tuple[str, bool]:
    asked = "".join(values.get("type", [])[:1])
    if not asked:
        return TRACK, False
    if asked in KINDS:
        return asked, True
    problems.append(f"There is nothing called “{asked[:40]}” here. Try {', '.join(KINDS)}.")
    return TRACK, False


def _written(text: str, problems: list[str]) -> tuple[str, list[Chip]]:
    """Part what was written into words and chips; what cannot be read stays among the words."""
    loose: list[str] = []
    chips: list[Chip] = []
    for piece in PIECE.finditer(text):
        name, value = piece["name"], piece["quoted"] or piece["bare"] or ""
        if not name and value[-1:] == ":" and value[:-1] in FACETS:
            name, value = value[:-1], ""
        negated = bool(piece["minus"])
        found: list[Chip] = []
        if name == "type" and value in KINDS:
            found = [Chip("type", value)]
        elif name in FACETS:
            found = _chip(name, value, negated, problems)
            if not found:
                continue
        elif negated and not name and (piece["quoted"] or words.chunks(value)):
            found = _chip(NOT, value, False, problems)
        chips += found
        if not found:
            loose.append(piece[0])
    return " ".join(loose), chips


def _chip(name: str, value: str, negated: bool, problems: list[str]) -> list[Chip]:
    try:
        if not value.strip():
            hint = FACETS[name].hint if name in FACETS else "live"
            raise ValueError(f"Write something behind it, such as {name}:{hint}.")
        if len(value) > VALUE_MOST:
            raise ValueError("This is too long.")
        if name == NOT:
            bare = " ".join(part for chunk in words.chunks(value) for part in chunk)
            return [Chip(NOT, bare)] if bare else []
        return [Chip(name, FACETS[name].read(value), negated)]
    except ValueError as error:
        problems.append(f"{name}: {error}")
        return []


def labels(chips: Iterable[Chip]) -> str:
    """Return chips as one text."""
    return ", ".join(chip.label for chip in chips)
