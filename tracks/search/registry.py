"""What can be found: each app registers its kinds of things, and upper apps arms of their own.

A kind makes documents of its things (`build`), which are public words for an index, and shows what
was found (`dress`) as far as whoever asks may open it (`opened`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from tracks.access import User

AT_ONCE = 2_000  # keys in one query
# From ids of things to the things that follow them.
Follows = Callable[[Sequence[UUID]], Iterable[str]]


@dataclass(frozen=True)
class Found:
    """One thing that was found: its name, where it is, and a few words about it.

    Of a track also the passage that has what was looked for: where it is from, what it says in
    parts (whether each was asked for), its moment and the number of the version that has it,
    where it is not the primary one.
    """

    pk: UUID
    name: str
    url: str
    words: str = ""
    source: str = ""
    parts: tuple[tuple[str, bool], ...] = ()
    at_ms: int | None = None
    end_ms: int | None = None
    version: int | None = None

    @property
    def passage(self) -> str:
        """Return what the passage says, unmarked."""
        return "".join(text for text, _ in self.parts)

    @property
    def url_there(self) -> str:
        """Return the address at which it plays from its moment."""
        shown = f"{self.url}?v={self.version}" if self.version else self.url
        return shown if self.at_ms is None else f"{shown}#t={self.at_ms / 1000:g}"


@dataclass(frozen=True)
class Entry:
    """What a document is made of: public words, by weight, and traits."""

    pk: UUID
    title: str
    makers: Sequence[str] = ()
    beside: Sequence[str] = ()
    said: Sequence[str] = ()
    traits: Sequence[str] = ()
    standing: int = 0
    bpm: float | None = None
    seconds: float | None = None
    day: date | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be found.

    `prefix` is how a changed thing of it is named before its key (`track:…`), `key` the column of
    that key, `rows` all things of it, `build` the documents of those of some ids that everybody
    may find. `opened` are all that a viewer may open, `dress` shows some ids of these, and `cards`
    does so with covers, for a page of this kind alone. Kinds stand in the order of their `place`.

    Other things follow it, named as `track:0192…` each: `quoted_by` those whose documents tell its
    words, asked for where these have changed; `known_by` those that may be known because this one
    is, asked for where its document comes or goes.
    """

    name: str
    heading: str
    prefix: str
    rows: Callable[[], Any]
    build: Callable[[Sequence[str]], list[Entry]]
    opened: Callable[[User], Any]
    dress: Callable[[Sequence[UUID], User], list[Found]]
    key: str = "pk"
    quoted_by: Follows | None = None
    known_by: Follows | None = None
    place: int = 100
    cards: Callable[[Sequence[UUID], User], list[Any]] | None = None

    def ids_of(self, keys: Sequence[str]) -> list[str]:
        """Return the ids that these keys are, or lead to; what can be none is left out."""
        if self.key == "pk":
            return [key for key in keys if as_uuid(key)]
        found = self.rows().filter(**{f"{self.key}__in": keys})
        return [str(pk) for pk in found.values_list("pk", flat=True)]

    def may_open(self, keys: Sequence[UUID], viewer: User) -> set[UUID]:
        """Return those of these ids that a viewer may open. One query for 2,000 of them."""
        rows, may = self.opened(viewer).order_by(), set[UUID]()
        for first in range(0, len(keys), AT_ONCE):
            found = rows.filter(pk__in=keys[first : first + AT_ONCE])
            may.update(found.values_list("pk", flat=True))
        return may


@dataclass(frozen=True)
class Arm:
    """Another way to find things, of an upper app: by meaning, say. Shown beside what words find.

    `find` is given what was written, who looks and how many at most; it answers with what that
    person may open, the best first. It runs within the bound of a search. One that finds passages
    of tracks does so for programs, too: by `words`, by `meaning` or by `both`, and its part of
    the page comes by itself. `about` says there how it finds, and what it does not. `settings` are
    those of the database for its queries.
    """

    name: str
    heading: str
    find: Callable[[str, User, int], list[Found]]
    by: Callable[[str, User, int, str], list[Found]] | None = None
    about: Callable[[], str] = str
    settings: Mapping[str, str] | None = None


KINDS: dict[str, Kind] = {}
ARMS: dict[str, Arm] = {}


def register(kind: Kind) -> None:
    """Say what can be found. Raises ValueError for a kind given twice."""
    if kind.name in KINDS:
        raise ValueError(f"There are two documents called {kind.name!r}.")
    KINDS[kind.name] = kind
    in_order = sorted(KINDS.values(), key=lambda one: one.place)
    KINDS.clear()
    KINDS.update({one.name: one for one in in_order})


def reach(arm: Arm) -> None:
    """Let a search reach further. Raises ValueError for an arm given twice."""
    if arm.name in ARMS or arm.name in KINDS:
        raise ValueError(f"There are two arms called {arm.name!r}.")
    ARMS[arm.name] = arm


def as_uuid(text: str) -> UUID | None:
    """Return the id that a key is; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
