"""Who suggests: one entry for each way in which a machine looks at what was written.

A classifier joins with one more `register`, from its app's `ready`. None comes with the site: a
small one is wrong too often to be worth a moderator's time, and a large one is somebody else's.
Whatever it says, it only ever brings something before a person.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from moderation.things import Kind
from social.models import User


@dataclass(frozen=True)
class Written:
    """A thing with its texts, each by the name of its place: "title", "description"."""

    kind: Kind
    row: Any
    person: User | None
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """What somebody should look at: the reason it may have, and what was found, in words."""

    reason: str
    words: str


@dataclass(frozen=True)
class Suggester:
    """`look` is handed what was written, in a job, and returns what it found in bounded time."""

    name: str
    label: str
    look: Callable[[Written], Iterable[Found]]


SUGGESTERS: dict[str, Suggester] = {}


def register(suggester: Suggester) -> None:
    """Let one look at what is written. Raises ValueError for a name given twice."""
    if suggester.name in SUGGESTERS:
        raise ValueError(f"There are two suggesters called {suggester.name}.")
    SUGGESTERS[suggester.name] = suggester
