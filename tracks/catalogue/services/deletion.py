"""Deleting a track: closed at once, brought back within 30 days, or gone for good."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from config.lib import kept_pages
from config.lib.problems import Problem
from media_pipeline.assets.services.removal import remove_media
from media_pipeline.events.services import OWNER, tell
from tracks import holds
from tracks.access import Person
from tracks.events import TRACK_DELETED, TRACK_REMOVED, TRACK_RESTORED
from tracks.models import Track
from tracks.visibility.services import closing, publication


def delete(*, track: Track, by: Person) -> None:
    """Close the track to everybody, its owner too, until it comes back; ends its signatures.

    Deleting what is deleted changes nothing: its 30 days go on.
    """
    delete_all(tracks=[track], by=by)


@transaction.atomic
def delete_all(*, tracks: Iterable[Track], by: Person) -> int:
    """Delete several tracks as `delete` does; returns how many were there."""
    wanted = Track.objects.filter(pk__in=[track.pk for track in tracks]).order_by("pk")
    rows = list(wanted.select_for_update(of=("self",)))
    keys = [row.pk for row in rows]
    Track.objects.filter(pk__in=keys).update(deleted_at=timezone.now())
    closing.end_signatures_of_all(keys)
    for row in rows:
        tell(TRACK_DELETED, of=row, by=by.pk, audience=OWNER, owner=row.owner_id)
    return len(keys)


@transaction.atomic
def restore(*, track: Track, by: Person) -> Track:
    """Bring a deleted track back as it was; one whose hour has come since is published now.

    Raises Problem `not-found` where it is gone for good.
    """
    row = Track.everything.select_for_update(of=("self",)).filter(pk=track.pk).first()
    if row is None:
        raise Problem("not-found", "This piece is gone for good.", status=404)
    if row.deleted_at is None:
        return row
    row.deleted_at = None
    row.save(update_fields=["deleted_at"])
    closing.look_again(closing.media_of([row.pk]), [row.pk])
    tell(TRACK_RESTORED, of=row, by=by.pk, audience=OWNER, owner=row.owner_id)
    return publication.settle(track=row)


@transaction.atomic
def remove(*, track: Track, by: Person) -> None:
    """Remove the track with all its versions, their music and pictures, for good.

    Raises Problem `is-held`.
    """
    holds.require_free(track, holds.held_tracks())
    media = closing.own_media_of([track.pk])
    closing.look_again(media, [track.pk])
    names = track.credits.order_by().values_list("name__slug", flat=True).distinct()
    kept_pages.forget(*(f"name:{slug}" for slug in names))  # nothing leads to them afterwards
    tell(TRACK_REMOVED, of=track, by=by.pk, audience=OWNER, owner=track.owner_id)
    track.delete()
    for one in media:
        remove_media(one)
