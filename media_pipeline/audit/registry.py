"""Whose the keys are that apps above have put into the storage."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from media_pipeline.audit import rules

Known = Callable[[Iterable[str]], set[str]]


@dataclass(frozen=True)
class Keys:
    """What an app keeps below `prefix`; `known` returns those of some keys that a row names."""

    kind: str
    prefix: str
    known: Known


_KEYS: dict[str, Keys] = {}


def register_keys(kind: str, prefix: str, known: Known) -> None:
    """Say which keys below `prefix` (`exports/`) have a row; those without are orphans.

    `known(keys)` is asked about up to a thousand keys at once, in a few queries. Raises ValueError
    for a prefix that is another's, or is no folder.
    """
    folder = prefix.removesuffix("/")
    if not folder or "/" in folder or prefix == folder or folder in rules.FOLDERS:
        raise ValueError(f"{prefix!r} is no folder of its own.")
    if prefix in _KEYS and _KEYS[prefix].kind != kind:
        raise ValueError(f"{prefix} is said to be two kinds.")
    if kind in rules.LABELS:
        raise ValueError(f"{kind} is a kind of the pipeline.")
    _KEYS[prefix] = Keys(kind, prefix, known)


def kind_of(key: str) -> tuple[str, UUID | None]:
    """Return of which kind a key is, those of upper apps included, and the id in it if any."""
    found = _KEYS.get(f"{key.partition('/')[0]}/")
    return (found.kind, None) if found else rules.classify(key)


def named(keys: Iterable[str]) -> set[str]:
    """Return those of these keys that a row of an upper app names."""
    apart: dict[str, list[str]] = {}
    for key in keys:
        prefix = f"{key.partition('/')[0]}/"
        if prefix in _KEYS:
            apart.setdefault(prefix, []).append(key)
    return {key for prefix, some in apart.items() for key in _KEYS[prefix].known(some)}


def labels() -> dict[str, str]:
    """Return every kind there is, and what people call it; what is not ours comes last."""
    own = {kind: label for kind, label in rules.LABELS.items() if kind != rules.OTHER}
    above = {keys.kind: keys.kind.capitalize() for keys in _KEYS.values()}
    return own | above | {rules.OTHER: rules.LABELS[rules.OTHER]}
