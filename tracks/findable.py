"""What lists that find or recommend leave out, though it is open: said by upper rooms.

A rule is a function `() -> Q` of the things of a kind that are limited: `track`, `release`,
`playlist`, `name`, `label`, or `user` for a person. Lists for all show such a thing to nobody, its
owner included: they are one page for everybody. Its own address, the pages of its owner, embeds and
links already given go by `tracks.access` alone.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

Limit = Callable[[], Q]
Rows = TypeVar("Rows", bound=QuerySet[Any, Any])

_limits: dict[str, list[Limit]] = {}


def limit(kind: str) -> Callable[[Limit], Limit]:
    """Register which things of a kind are limited in how they are found."""

    def register(rule: Limit) -> Limit:
        _limits.setdefault(kind, []).append(rule)
        return rule

    return register


def rules() -> tuple[Limit, ...]:
    """Return all rules: what is prepared with them depends on these."""
    return tuple(rule for found in _limits.values() for rule in found)


def findable(rows: Rows) -> Rows:
    """Return those of these rows that lists which find or recommend may show."""
    limited = Q()
    for rule in _limits.get(rows.model._meta.model_name or "", []):
        limited |= rule()
    found: Rows = rows.exclude(limited) if limited else rows
    return found
