"""Taking a track away for good."""

from django.db import transaction

from config.middleware import page_cache
from media_pipeline.models import Media
from media_pipeline.services.removal import remove_media
from tracks.access import Person
from tracks.models import Track


@transaction.atomic
def delete(*, track: Track, by: Person) -> None:
    """Delete the track with all its versions, their music and pictures; ends its signatures."""
    media = list(Media.objects.filter(version__track=track))
    track.delete()
    for one in media:
        remove_media(one)
    page_cache.bump()
