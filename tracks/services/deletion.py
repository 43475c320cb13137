"""Taking a track away for good."""

from django.db import transaction
from django.db.models import Q

from config.middleware import page_cache
from media_pipeline.models import Media
from media_pipeline.services.removal import remove_media
from tracks.access import Person
from tracks.models import Track


@transaction.atomic
def delete(*, track: Track, by: Person) -> None:
    """Delete the track with all its versions, their music and pictures; ends its signatures."""
    of_it = Q(version__track=track) | Q(stem__version__track=track) | Q(visual__track=track)
    media = list(Media.objects.filter(of_it))
    track.delete()
    for one in media:
        remove_media(one)
    page_cache.bump()
