"""Addresses of many things of one kind: the URLconf is asked once, and not for every row."""

from functools import cache
from uuid import UUID

from django.urls import get_resolver


def address_of(name: str, *words: str | UUID) -> str:
    """Return `reverse(name, args=words)`; text is of letters, digits, hyphen and underscore."""
    before, *after = _around(name, tuple(isinstance(word, UUID) for word in words))
    return before + "".join(f"{word}{part}" for word, part in zip(words, after, strict=True))


@cache
def _around(name: str, keys: tuple[bool, ...]) -> list[str]:
    """Return what stands before, between and after the words; `keys` tells which are UUIDs."""
    marks = [UUID(int=n) if key else f"mark{n}" for n, key in enumerate(keys)]
    # Kept for good, so never made of `reverse`, which begins with the script name of the request.
    rest, parts = "/" + get_resolver().reverse(name, *marks), []
    for mark in marks:
        before, _, rest = rest.partition(str(mark))
        parts.append(before)
    return [*parts, rest]
