"""Who may open a release, and from when: now, at an hour to come, or no more."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from config.lib import kept_pages
from config.lib.ids import token128
from config.lib.problems import Problem
from media_pipeline.events.services import OWNER, tell
from tracks import moments
from tracks.access import Person
from tracks.events import RELEASE_SCHEDULED
from tracks.models import Release
from tracks.releases.services.ordering import locked
from tracks.visibility.services import opening
from tracks.visibility.services.closing import end_signatures_of_release
from tracks.visibility.services.visibility import OPENNESS

PUBLIC = Release.Visibility.PUBLIC


@transaction.atomic
def publish(*, release: Release, by: Person) -> Release:
    """Let everybody open the release and its private pieces now. Raises Problem `empty-release`."""
    return _open(release, None, "", by)


@transaction.atomic
def schedule(
    *, release: Release, local: datetime, time_zone: str, by: Person
) -> tuple[Release, str]:
    """Let it come out at a local time in a time zone, with its private pieces.

    Returns it and a sentence where that hour comes twice. May be said again until the hour has
    come. Raises Problem as `moments.moment_of` does, `empty-release`, `is-out`.
    """
    moment, note = moments.moment_of(local, time_zone, timezone.now())
    return _open(release, moment, time_zone, by), note


@transaction.atomic
def schedule_at(*, release: Release, moment: datetime, by: Person) -> Release:
    """Let it come out at a moment; one that has passed is now. Raises Problem as above."""
    now = timezone.now()
    if moment > now + moments.FARTHEST:
        raise Problem("too-far", "Choose an hour within the next five years.")
    return _open(release, moment if moment > now else None, release.time_zone or "UTC", by)


@transaction.atomic
def choose_zone(*, release: Release, time_zone: str, by: Person) -> Release:
    """Say in whose clocks hours of this release are told. Raises Problem `time-zone`."""
    moments.zone_of(time_zone)
    row: Release = locked(release)
    row.time_zone = time_zone
    row.save(update_fields=["time_zone"])
    release.time_zone = time_zone
    _draw_anew(row)
    return row


@transaction.atomic
def withdraw(
    *, release: Release, visibility: str, close: Iterable[UUID] | None = None, by: Person
) -> Release:
    """Let fewer people open it. Of the pieces that opened with it, those in `close` close again.

    Without `close` all of these do; what was public before it never does.
    """
    row: Release = locked(release)
    if visibility == PUBLIC:
        return publish(release=row, by=by)
    if row.visibility == visibility:
        return row
    was = row.visibility
    row.visibility, row.token = visibility, token128()
    row.release_at = row.published_at = None
    row.save()
    if OPENNESS.index(visibility) < OPENNESS.index(was):
        end_signatures_of_release(row)
    opened = set(row.items.filter(opens_with=True).values_list("track_id", flat=True))
    opening.close_pieces(row, opened if close is None else opened & set(close), by=by)
    row.items.filter(opens_with=True).update(opens_with=False)
    _draw_anew(row)
    return row


def _open(release: Release, moment: datetime | None, zone: str, by: Person) -> Release:
    row: Release = locked(release)
    if not row.items.exists():
        raise Problem("empty-release", "There is nothing on this release yet. Add a track first.")
    if moment and row.visibility == PUBLIC and row.published_at:
        raise Problem(
            "is-out", "It is out already. Make it private first, then choose an hour.", status=409
        )
    if row.visibility != PUBLIC:
        row.token = token128()
    before = row.release_at
    row.visibility, row.release_at = PUBLIC, moment
    row.time_zone = zone or row.time_zone
    if moment and not row.released_on:
        row.released_on = moment.astimezone(moments.zone_of(row.time_zone)).date().isoformat()
    if moment and moment != before:
        tell(RELEASE_SCHEDULED, of=row, by=by.pk, audience=OWNER, owner=row.owner_id)
    row.save()
    opening.open_pieces(row)
    out: Release = opening.settle(release=row)
    _draw_anew(out)
    return out


def _draw_anew(row: Release) -> None:
    kept_pages.forget(f"list:{row.pk}", f"person:{row.owner_id}")
    if row.label_id:
        kept_pages.forget(f"label:{row.label_id}")
