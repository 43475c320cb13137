"""Words that only whose they are can read: said by upper rooms.

A rule is a function `() -> Q` of things of any kind, by their own id, of which a part of the words
is hidden: WORDS, what is said of a track, a release or a playlist, and what a person says of
themselves; or LYRICS, what is sung in a track. The words stay as they are where they are kept.
Where many things are told of, their rows come `with_hidden`, else each thing that has words is
asked about once.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Value

Rule = Callable[[], Q]
Rows = TypeVar("Rows", bound=QuerySet[Any, Any])

WORDS, LYRICS = "words", "lyrics"
PARTS = (WORDS, LYRICS)
NOBODY = None  # a viewer who is nobody's owner: what is for all

_rules: dict[str, list[Rule]] = {part: [] for part in PARTS}
_more: dict[str, list[Callable[[Any], str]]] = {part: [] for part in PARTS}


def hide_words(part: str) -> Callable[[Rule], Rule]:
    """Register of which things a part of the words is hidden."""

    def register(rule: Rule) -> Rule:
        _rules[part].append(rule)
        return rule

    return register


def also_says(part: str, more: Callable[[Any], str]) -> None:
    """Register what else belongs to a part of a thing’s words, kept by an upper room."""
    _more[part].append(more)


def more_of(thing: Any, part: str) -> str:
    """Return what else belongs to a part of a thing’s words; empty where there is nothing."""
    return "\n\n".join(words for words in (more(thing) for more in _more[part]) if words)


def hidden(part: str) -> Q:
    """Return the Q of the things of which this part is hidden; empty where no rule is there."""
    found = Q()
    for rule in _rules[part]:
        found |= rule()
    return found


def told() -> dict[str, Any]:
    """Return the annotations by which rows know what of them is hidden."""
    return {f"hides_{part}": _flag(hidden(part)) for part in PARTS}


def with_hidden(rows: Rows) -> Rows:
    """Return these rows, each knowing what of it is hidden."""
    found: Rows = rows.annotate(**told())
    return found


def is_hidden(thing: Any, part: str = WORDS) -> bool:
    """Tell whether a part of a thing’s words is hidden. A query, unless its row came so."""
    if not hasattr(thing, f"hides_{part}"):
        rows = type(thing)._base_manager.filter(pk=thing.pk)
        for name, value in (with_hidden(rows).values(*told()).first() or {}).items():
            setattr(thing, name, value)
    return bool(getattr(thing, f"hides_{part}", False))


def shown(text: str, thing: Any, viewer: Any = NOBODY, part: str = WORDS) -> str:
    """Return a text of a thing as this viewer may read it: empty where it is hidden from them."""
    if not text or is_owner(thing, viewer) or not is_hidden(thing, part):
        return text
    return ""


def is_owner(thing: Any, viewer: Any) -> bool:
    """Tell whether a thing, or the person it is, is this viewer’s own."""
    owner = getattr(thing, "owner_id", thing.pk)
    return viewer is not NOBODY and viewer.is_authenticated and viewer.pk == owner


def _flag(found: Q) -> Any:
    return ExpressionWrapper(found, BooleanField()) if found else Value(False)
