"""Putting many tracks on a release at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from config.lib.problems import Problem
from tracks.access import Person
from tracks.bulk import Deed, Outcome, register
from tracks.collections import services
from tracks.models import Release, Track

MOST_OFFERED = 50


def _add(tracks: list[Track], data: Mapping[str, str], by: Person) -> Outcome:
    """Put them at its end, in the order in which they were uploaded."""
    rows: Any = Release.objects.filter(owner=by)
    try:
        release = rows.filter(pk=UUID(data.get("release-to", ""))).first()
    except ValueError:
        release = None
    if release is None:
        raise Problem("invalid-input", "Choose one of your releases.")
    done, refused = 0, list[str]()
    for track in sorted(tracks, key=lambda track: track.pk):
        try:
            services.add(collection=release, track=track)
            done += 1
        except Problem as refusal:
            refused.append(refusal.detail)
    return Outcome(done, tuple(refused))


def _offered(person: Person) -> dict[str, Any]:
    rows = Release.objects.filter(owner=person).order_by("-updated_at")
    return {"releases": rows.only("title", "owner")[:MOST_OFFERED]}


def register_all() -> None:
    """Offer it under My uploads."""
    page = "tracks/collections/_together.html"
    register(Deed("release", "Add to a release", "{} added.", _add, page, _offered))
