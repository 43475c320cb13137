"""Addresses of many things of one kind: the URLconf is asked once, and not for every row."""

from functools import cache

from django.urls import get_resolver

MARK = "mark"


def address_of(name: str, word: str) -> str:
    """Return `reverse(name, args=[word])`, for a word of letters, digits, hyphen and underscore."""
    before, after = _around(name)
    return f"{before}{word}{after}"


@cache
def _around(name: str) -> tuple[str, str]:
    # Kept for good, so never made of `reverse`, which begins with the script name of the request.
    path = get_resolver().reverse(name, MARK)
    before, _, after = f"/{path}".rpartition(MARK)
    return before, after
