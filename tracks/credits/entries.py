"""What a player is given of a name: what it is an artist of, or is on in a role."""

from tracks.collections.entries import Asker, register_list
from tracks.credits import selectors
from tracks.models.track import TrackQuerySet


def _of_name(key: str, asker: Asker) -> TrackQuerySet:
    """Return the tracks of `ada`, or of `ada:producer`. Raises Http404."""
    slug, _, role = key.partition(":")
    return selectors.played(selectors.name_of(slug, asker.user), asker.user, role)


def register_all() -> None:
    """Say that they can be played."""
    register_list("artist", _of_name)
