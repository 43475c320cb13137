"""When a track is published: once, the first time that everybody may find and hear it."""

from django.db import transaction
from django.utils import timezone

from media_pipeline.events.services import tell, was_told
from media_pipeline.jobs.services import jobs
from tracks.events import TRACK_PUBLISHED
from tracks.models import Track, TrackVersion
from tracks.signals import track_published
from tracks.visibility.services import holding
from tracks.visibility.services.closing import draw_anew

AT_ITS_HOUR = "publish-track"


@transaction.atomic
def settle(*, track: Track) -> Track:
    """Note the moment of publication if it has come; returns the track as it is now.

    One whose hour is still to come is looked at again then. Safe to call at any time and any
    number of times: the date is set once and stays, and it is announced once.
    """
    row = Track.objects.select_for_update().filter(pk=track.pk).first()
    if row is None:  # deleted, perhaps just now: what comes back is looked at again
        return track
    if row.visibility != Track.Visibility.PUBLIC or row.published_at:
        return row
    if holding.is_held(row) or not _can_be_heard(row):  # held even before it can be heard
        return row
    if row.release_at and row.release_at > timezone.now():
        key = f"{row.pk}:{row.release_at.isoformat()}"
        jobs.enqueue(AT_ITS_HOUR, subject=row, run_after=row.release_at, key=key)
        return row
    row.published_at = timezone.now()
    row.save(update_fields=["published_at"])
    draw_anew([row.pk])
    if not was_told(TRACK_PUBLISHED, row):
        tell(TRACK_PUBLISHED, of=row, by=row.owner_id, owner=row.owner_id)
    transaction.on_commit(lambda: track_published.send_robust(Track, track=row) and None)
    return row


def _can_be_heard(track: Track) -> bool:
    """Tell whether the primary version plays: the one that lists show."""
    playable = TrackVersion.objects.filter(media__asset__playable_at__isnull=False)
    return Track.objects.filter(pk=track.pk, primary_version__in=playable).exists()
