"""What a program is told of a track: topics add members of their own to `GET /tracks/{id}/`.

A rule is a function `(track, viewer) -> value` of JSON; the viewer may open the track already.
"""

from collections.abc import Callable
from typing import Any

from tracks.access import User
from tracks.models import Track

Rule = Callable[[Track, User], Any]

MEMBERS: dict[str, Rule] = {}


def register(name: str, rule: Rule) -> None:
    """Add a member. Raises ValueError for a name given twice."""
    if name in MEMBERS:
        raise ValueError(f"A track has two members called {name!r}.")
    MEMBERS[name] = rule


def members_of(track: Track, viewer: User) -> dict[str, Any]:
    """Return all members that topics have added."""
    return {name: rule(track, viewer) for name, rule in MEMBERS.items()}
