"""When a single piece comes out: now, or at an hour on the clocks of a place."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from config.lib.problems import Problem
from tracks import moments
from tracks.access import Person
from tracks.catalogue.services import editing
from tracks.models import ReleaseTrack, Track

PUBLIC = Track.Visibility.PUBLIC


@transaction.atomic
def open_now(*, track: Track, by: Person) -> Track:
    """Let everybody open it from now on."""
    row = Track.objects.locked(track.pk)
    _on_its_own(row)
    return editing.edit(track=row, by=by, release_at=None, visibility=PUBLIC)


@transaction.atomic
def schedule(*, track: Track, local: datetime, time_zone: str, by: Person) -> tuple[Track, str]:
    """Let it come out at a local time in a time zone; others cannot open it before.

    Returns it and a sentence where that hour comes twice. May be said again until the hour has
    come. A piece that was to open with a release no longer does. Raises Problem as
    `moments.moment_of` does, `is-out`.
    """
    row = Track.objects.locked(track.pk)
    if is_out(row):
        raise Problem(
            "is-out", "It is out already. Make it private first, then choose an hour.", status=409
        )
    moment, note = moments.moment_of(local, time_zone, timezone.now())
    _on_its_own(row)
    Track.objects.filter(pk=row.pk).update(time_zone=time_zone)
    row = editing.edit(track=row, by=by, release_at=moment, visibility=PUBLIC)
    return row, note


def is_out(track: Track) -> bool:
    """Tell whether everybody may open it by now."""
    waits = track.release_at is not None and track.release_at > timezone.now()
    return track.visibility == PUBLIC and not waits


def _on_its_own(row: Track) -> None:
    ReleaseTrack.objects.filter(track=row, opens_with=True).update(opens_with=False)
