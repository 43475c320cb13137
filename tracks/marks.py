"""What is one's own on a page that is the same for everybody: each app says which things it marks.

A rule is a function `(user, ids) -> ids`, for ids of tracks, releases, playlists or people, with a
bounded number of queries. `marks_of` puts them together for the scripts of a page.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from tracks.access import Person
from tracks.models import Playlist, Release, Track

Rule = Callable[[Person, list[UUID]], Iterable[UUID]]

RULES: dict[str, Rule] = {}


def register(name: str, rule: Rule) -> None:
    """Say what a mark is given to. Raises ValueError for a name given twice."""
    if name in RULES:
        raise ValueError(f"The mark {name!r} is registered twice.")
    RULES[name] = rule


def marks_of(user: Person, ids: list[UUID]) -> dict[str, list[str]]:
    """Return the names of the marks of each of these things that has any."""
    found: dict[str, list[str]] = {}
    for name, rule in RULES.items() if ids else ():
        for key in rule(user, ids):
            found.setdefault(str(key), []).append(name)
    return found


def _owned(user: Person, ids: list[UUID]) -> Iterable[UUID]:
    owned = [
        model._default_manager.filter(owner=user, pk__in=ids).values_list("pk", flat=True)
        for model in (Track, Release, Playlist)
    ]
    return owned[0].union(*owned[1:])


register("owned", _owned)
