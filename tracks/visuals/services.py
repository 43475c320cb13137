"""A track's picture or film for the cinema."""

from django.db import transaction

from media_pipeline.assets.services.removal import remove_media
from tracks.access import Person
from tracks.models import Track, TrackVisual
from tracks.visibility.services.closing import look_again


@transaction.atomic
def remove(*, track: Track, by: Person) -> None:
    """Take the picture or film away, with its files; does nothing where there is none."""
    for visual in TrackVisual.objects.filter(track=track).select_related("media"):
        look_again([visual.media], [track.pk])
        visual.delete()
        remove_media(visual.media)
