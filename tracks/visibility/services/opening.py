"""When a release comes out: once, at its hour, and its pieces with it.

Its page opens by the clock of the database, whoever lives. What follows is noted here, by the job
of that hour or by the round that finds what the job has missed.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from config.lib.ids import token128
from media_pipeline import faults
from media_pipeline.events.services import OWNER, tell, was_told
from media_pipeline.jobs.services import jobs
from tracks import attesting
from tracks.access import Person
from tracks.events import RELEASE_PUBLISHED, TRACK_CLOSED
from tracks.models import Release, Track
from tracks.visibility.services import holding, publication
from tracks.visibility.services.closing import end_signatures, look_again

AT_ITS_HOUR = "publish-release"
PUBLIC, PRIVATE = Release.Visibility.PUBLIC, Release.Visibility.PRIVATE


@transaction.atomic
def settle(*, release: Release) -> Any:
    """Note that a release is out if its hour has come, and let its pieces be out too.

    One whose hour is still to come is looked at again then. Safe to call at any time and any
    number of times: the date is set once and stays, and it is announced once.
    """
    row: Any = Release.objects.select_for_update(of=("self",)).filter(pk=release.pk).first()
    if row is None:  # deleted, perhaps just now: what comes back is looked at again
        return release
    if row.visibility != PUBLIC or row.published_at:
        return row
    if row.release_at and not Release.objects.filter(pk=row.pk, release_at__lte=Now()).exists():
        key = f"{row.pk}:{row.release_at.isoformat()}"
        jobs.enqueue(AT_ITS_HOUR, subject=row, run_after=row.release_at, key=key)
        return row
    faults.point("release:at-its-hour")
    Release.objects.filter(pk=row.pk).update(published_at=Now())
    row.refresh_from_db(fields=["published_at"])
    tracks = list(Track.objects.filter(release_items__release=row))
    for track in tracks:
        publication.settle(track=track)
    look_again([], [track.pk for track in tracks])
    if not was_told(RELEASE_PUBLISHED, row):
        tell(RELEASE_PUBLISHED, of=row, by=row.owner_id, owner=row.owner_id)
    faults.point("release:told")
    return row


def settle_due() -> None:
    """Bring out what the job of its hour has missed; comes round."""
    due = Release.objects.filter(visibility=PUBLIC, published_at=None)
    found: Any = due.filter(Q(release_at=None) | Q(release_at__lte=Now()))
    for release in found.order_by("pk"):
        settle(release=release)


def open_pieces(release: Release, *, again: bool = False) -> None:
    """Let the private pieces of a public release open with it, at its hour if it has one.

    Those that are open already, or only to whoever has their link, stay as they are. What opens
    `again` was asked for before. Raises Problem `attestation-missing`.
    """
    items = list(release.items.select_related("track").filter(track__visibility=PRIVATE))
    if not again:
        attesting.require([item.track_id for item in items])
    opened = []
    for item in items:
        Track.objects.filter(pk=item.track_id).update(
            visibility=PUBLIC, release_at=release.release_at, token=token128()
        )
        opened.append(item.track_id)
        if track := Track.objects.filter(pk=item.track_id).first():  # not one that is deleted
            holding.is_held(track)
    release.items.filter(track__in=opened).update(opens_with=True)
    moved = release.items.filter(opens_with=True).values_list("track_id", flat=True)
    # An hour that was put off is that of its pieces, too, even of one that is deleted and may come
    # back; what is out stays out.
    waiting = Track.everything.filter(pk__in=moved, visibility=PUBLIC, published_at=None)
    waiting.update(release_at=release.release_at)
    look_again([], [*opened, *moved])


def close_pieces(release: Release, tracks: set[UUID], *, by: Person) -> None:
    """Make these pieces private again that had opened with the release; no others.

    Deleted ones too: they come back as closed as the rest.
    """
    items = release.items.filter(opens_with=True, track__in=tracks).select_related("track")
    for item in items:
        track: Track = item.track
        Track.everything.filter(pk=track.pk).update(
            visibility=PRIVATE, release_at=None, published_at=None, token=token128()
        )
        end_signatures(track)
        tell(TRACK_CLOSED, of=track, by=by.pk, audience=OWNER, owner=track.owner_id)
    release.items.filter(track__in=tracks).update(opens_with=False)


def waits(release: Release, moment: datetime) -> bool:
    """Tell whether its hour was still to come at this moment, whoever has noted it since."""
    return bool(is_coming(release) and release.release_at and release.release_at > moment)


def is_coming(release: Release) -> bool:
    """Tell whether its hour is said and it is not out yet: what is added opens with it, too."""
    return release.visibility == PUBLIC and release.published_at is None
