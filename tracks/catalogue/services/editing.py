"""What an artist says about a track."""

from django.db import transaction
from django.utils import timezone

from tracks.access import Person
from tracks.models import Track
from tracks.visibility.services.closing import draw_anew
from tracks.visibility.services.visibility import set_visibility


@transaction.atomic
def edit(*, track: Track, by: Person, title: str, description_md: str, visibility: str) -> Track:
    """Rename, describe and open or close the track; returns it as it is now.

    The slug stays: an address that was once given out is good for ever.
    """
    Track.objects.select_for_update().filter(pk=track.pk).update(
        title=title, description_md=description_md, updated_at=timezone.now()
    )
    draw_anew([track.pk])
    return set_visibility(track=track, visibility=visibility, by=by)
