"""Suggestions as a page shows them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from assistant.models import Suggestion
from assistant.providers.registry import MACHINES
from assistant.suggestions import selectors
from assistant.suggestions.checking import FROM
from assistant.suggestions.formats import Kind
from tracks.languages import name_of

# What taking one does, in a sentence.
DOES = {
    Kind.TITLE: "Becomes the title.",
    Kind.SUMMARY: "Goes before the description.",
    Kind.TAGS: "They join the tags.",
    Kind.LANGUAGE: "Becomes the language.",
    Kind.MOOD: "They join the tags, as moods.",
}


@dataclass(frozen=True)
class Card:
    """One suggestion: in words, and as it stands in a field to be changed."""

    row: Suggestion
    shown: str
    words: list[str]
    field: str
    is_long: bool
    came_from: str
    machine: str
    does: str


def cards(track: UUID) -> list[Card]:
    """Return what waits for an answer about a piece; two queries."""
    return [card(row) for row in selectors.open_of(track)]


def card(row: Suggestion) -> Card:
    """Return one as it is shown."""
    words = row.value if isinstance(row.value, list) else []
    text = ", ".join(words) if words else str(row.value)
    return Card(
        row=row,
        shown=name_of(text) if row.kind == Kind.LANGUAGE else text,
        words=words,
        field=text,
        is_long=row.kind == Kind.SUMMARY,
        came_from=_and([FROM[name] for name in row.came_from if name in FROM]),
        machine=machine_of(row.run),
        does=DOES[Kind(row.kind)],
    )


def machine_of(run: Any) -> str:
    """Return what made it, for people."""
    known = MACHINES.writers.get(run.provider)
    label = known.label if known else run.provider
    return label if run.provider == run.model else f"{label}, {run.model}"


def _and(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
