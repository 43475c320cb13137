"""Taking a track away for good."""

from django.db import transaction

from media_pipeline.assets.services.removal import remove_media
from media_pipeline.events.services import OWNER, tell
from tracks.access import Person
from tracks.events import TRACK_DELETED
from tracks.models import Track
from tracks.visibility.services import closing


@transaction.atomic
def delete(*, track: Track, by: Person) -> None:
    """Delete the track with all its versions, their music and pictures; ends its signatures."""
    media = closing.media_of([track.pk])
    closing.look_again(media, [track.pk])
    tell(TRACK_DELETED, of=track, by=by.pk, audience=OWNER, owner=track.owner_id)
    track.delete()
    for one in media:
        remove_media(one)
