"""What comes round so that pieces are found by how they sound, and the lists they make."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from media_pipeline.jobs.services.schedules import register_round
from tracks.alike import selectors
from tracks.alike.selectors import MOST, STEPS_MOST, seed_of
from tracks.alike.services import sweep
from tracks.collections.entries import Asker, register_list
from tracks.criteria.selectors import in_order
from tracks.models import Track
from tracks.models.track import TrackQuerySet


def _alike(name: str, asker: Asker) -> TrackQuerySet:
    """Return what sounds like the track of this slug."""
    seed = seed_of(_visible(name, asker))
    found = selectors.similar(seed, asker.user, count=MOST)
    return in_order([near.track for near in found], asker.user)


def _in_harmony(name: str, asker: Asker) -> TrackQuerySet:
    """Return what can be mixed with the track of this slug."""
    seed = seed_of(_visible(name, asker))
    found = selectors.in_harmony(seed, asker.user, count=MOST)
    return in_order([near.track for near in found], asker.user)


def _path(name: str, asker: Asker) -> TrackQuerySet:
    """Return a path with both its ends; its name is `from/to/steps`."""
    parts = name.split("/")
    if len(parts) != 3 or parts[2] not in {str(n) for n in range(1, STEPS_MOST + 1)}:
        raise Http404
    start, end = (seed_of(_visible(part, asker)) for part in parts[:2])
    found = selectors.path(start, end, asker.user, steps=int(parts[2]))
    keys: list[UUID] = [start.track, *(near.track for near in found)]
    return in_order(keys, asker.user)


def _visible(slug: str, asker: Asker) -> Track:
    return get_object_or_404(Track.objects.visible_to(asker.user), slug=slug)


def register_all() -> None:
    """Describe what was missed, and say what can be played."""
    register_round("describe-sound-on", sweep, "Begins to describe how pieces sound", every=600)
    register_list("alike", _alike)
    register_list("harmony", _in_harmony)
    register_list("path", _path)
