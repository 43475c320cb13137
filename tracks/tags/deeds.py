"""Tagging many tracks at once."""

from collections.abc import Mapping

from config.lib.problems import Problem
from tracks.access import Person
from tracks.bulk import Deed, Outcome, register
from tracks.models import Track
from tracks.tags.rules import names_in
from tracks.tags.services.tagging import add_tags


def _tag(tracks: list[Track], data: Mapping[str, str], by: Person) -> Outcome:
    names = names_in(data.get("tag-names", ""))
    if not names:
        raise Problem("invalid-input", "Say which tags they are to have, with commas between.")
    done, refused = 0, list[str]()
    for track in tracks:
        try:
            add_tags(tracks=[track], names=names, by=by)
            done += 1
        except Problem as refusal:
            refused.append(f"“{track.title}”: {refusal.detail}")
    return Outcome(done, tuple(refused))


def register_all() -> None:
    """Offer it under My uploads."""
    register(Deed("tag", "Tag them", "{} tagged.", _tag, "tracks/tags/_together.html"))
