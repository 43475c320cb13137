"""What is kept of people: why, for how long, what they take along, what goes with their account.

One registry, filled in `AppConfig.ready` by the apps that own the models; a test fails where one is
missing. Export, deletion of an account, retention and the page that tells people about it read
it. (GDPR art. 5(1)(e), 13(2)(a), 17, 20 ask for just these.)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Fate(StrEnum):
    """What becomes of rows when the account goes that they belong to."""

    REMOVED = "removed"
    ANONYMISED = "anonymised"
    KEPT = "kept"


@dataclass(frozen=True)
class Kept:
    """One model with a person in it.

    `section` is the part of the archive of one's data that holds it, empty where none does, and
    then `words` must say why. `words` says what else is to be said, in one sentence. What is
    `minor` (of the machine's own, or seldom there) comes last where people read of it.
    """

    model: str
    purpose: str
    fate: Fate
    lives: str
    section: str = ""
    words: str = ""
    minor: bool = False


@dataclass(frozen=True)
class Rule:
    """Rows that live for a time only.

    `forget(now, most)` removes up to `most` rows that have lived longer, and returns how many. It
    is called again while it finds that many, and rolled back where somebody only asks what would
    go: so it touches rows alone, and files on commit.
    """

    name: str
    models: tuple[str, ...]
    sentence: str
    forget: Callable[[datetime, int], int]


@dataclass(frozen=True)
class Section:
    """One file of the archive of one's data.

    `rows(person)` yields one JSON object each, as `schema` describes it (JSON Schema, of one row);
    `files(person)` yields pairs of a path inside the archive and a key of the storage.
    """

    name: str
    sentence: str
    schema: dict[str, Any]
    rows: Callable[[Any], Iterable[dict[str, Any]]]
    files: Callable[[Any], Iterable[tuple[str, str]]] = lambda _person: ()


Farewell = Callable[[Any], None]

KEPT: dict[str, Kept] = {}
IMPERSONAL: dict[str, str] = {}
RULES: dict[str, Rule] = {}
SECTIONS: dict[str, Section] = {}
_farewells: list[tuple[int, Farewell]] = []


def register(*found: Kept) -> None:
    """Say what models with a person in them are kept for. Raises ValueError for one said twice."""
    for kept in found:
        if kept.model in KEPT or kept.model in IMPERSONAL:
            raise ValueError(f"{kept.model} is said twice.")
        if not kept.section and not kept.words:
            raise ValueError(f"{kept.model} is in no archive, and nobody says why.")
        KEPT[kept.model] = kept


def impersonal(**models: str) -> None:
    """Say of models (`app__Model="what it holds"`) that nobody is in them."""
    for name, words in models.items():
        model = name.replace("__", ".")
        if model in KEPT:
            raise ValueError(f"{model} is said twice.")
        IMPERSONAL[model] = words


def by_fate() -> dict[Fate, list[Kept]]:
    """Return what is kept, by what becomes of it when an account goes.

    Apps come in the reverse order of their registration, so music stands first; minor things last.
    """
    apps = list(dict.fromkeys(_app(kept) for kept in KEPT.values()))
    rows = sorted(KEPT.values(), key=lambda kept: (kept.minor, -apps.index(_app(kept))))
    return {fate: [kept for kept in rows if kept.fate is fate] for fate in Fate}


def _app(kept: Kept) -> str:
    return kept.model.partition(".")[0]


def register_rule(rule: Rule) -> None:
    """Let rows be forgotten that have lived long enough. Raises ValueError for a known name."""
    if rule.name in RULES:
        raise ValueError(f"There are two rules called {rule.name}.")
    RULES[rule.name] = rule


def forget_rows(rows: Any, most: int) -> int:
    """Delete up to `most` rows of a query, with what hangs on them; return how many of them."""
    keys = list(rows.order_by().values_list("pk", flat=True)[:most])
    rows.model._base_manager.filter(pk__in=keys).delete()
    return len(keys)


def register_section(section: Section) -> None:
    """Add a file to the archive of one's data."""
    SECTIONS[section.name] = section


def on_farewell(act: Farewell, *, order: int = 50) -> None:
    """Let `act(person)` remove or anonymise what a person who leaves has here; low orders first."""
    _farewells.append((order, act))


def farewell(person: Any) -> None:
    """Remove and anonymise everything, as registered; needs a transaction, and may run again."""
    for _, act in sorted(_farewells, key=lambda pair: pair[0]):
        act(person)
