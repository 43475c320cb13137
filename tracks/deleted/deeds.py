"""Deleting many tracks at once; on the page of what is deleted all can be brought back together."""

from collections.abc import Mapping

from tracks.access import Person
from tracks.bulk import Deed, Outcome, register
from tracks.catalogue.services import deletion
from tracks.models import Track


def _delete(tracks: list[Track], _data: Mapping[str, str], by: Person) -> Outcome:
    return Outcome(deletion.delete_all(tracks=tracks, by=by), place="deleted")


def register_all() -> None:
    """Offer it under My uploads."""
    said = "{} deleted. You can bring them back here for 30 days."
    register(Deed("delete", "Delete", said, _delete))
