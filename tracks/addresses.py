"""Addresses of many things of one kind: the URLconf is asked once, and not for every row."""

from functools import cache

from django.urls import reverse

MARK = "mark"


def address_of(name: str, word: str) -> str:
    """Return `reverse(name, args=[word])`, for a word of letters, digits, hyphen and underscore."""
    before, after = _around(name)
    return f"{before}{word}{after}"


@cache
def _around(name: str) -> tuple[str, str]:
    before, _, after = reverse(name, args=[MARK]).rpartition(MARK)
    return before, after
