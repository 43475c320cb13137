"""Opening or closing many tracks at once."""

from collections.abc import Mapping

from config.lib.problems import Problem
from tracks.access import Person
from tracks.bulk import Deed, Outcome, register
from tracks.catalogue.services import editing
from tracks.models import Track


def _open_or_close(tracks: list[Track], data: Mapping[str, str], by: Person) -> Outcome:
    to = data.get("visibility-to", "")
    if to not in Track.Visibility.values:
        raise Problem("invalid-input", "Choose who can open them.")
    done, refused = 0, list[str]()
    for track in tracks:
        try:
            editing.edit(track=track, by=by, visibility=to)
            done += 1
        except Problem as refusal:
            refused.append(f"“{track.title}”: {refusal.detail}")
    return Outcome(done, tuple(refused))


def register_all() -> None:
    """Offer it under My uploads."""
    choices = list(Track.Visibility.choices)
    register(
        Deed(
            "visibility",
            "Set who can open them",
            "{} changed.",
            _open_or_close,
            "tracks/catalogue/_together.html",
            lambda _person: {"visibilities": choices},
        )
    )
