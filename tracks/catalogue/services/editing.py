"""What an artist says about a track."""

from django.db import transaction
from django.utils import timezone

from config.lib.lines import one_line
from media_pipeline.models import Asset, AudioFacts
from tracks.access import Person
from tracks.models import Track
from tracks.visibility.services.closing import draw_anew
from tracks.visibility.services.visibility import set_visibility

TITLE_MAX = 200


@transaction.atomic
def edit(*, track: Track, by: Person, title: str, description_md: str, visibility: str) -> Track:
    """Rename, describe and open or close the track; returns it as it is now.

    The slug stays: an address that was once given out is good for ever.
    """
    Track.objects.select_for_update().filter(pk=track.pk).update(
        title=title,
        title_guessed=False,
        description_md=description_md,
        updated_at=timezone.now(),
    )
    draw_anew([track.pk])
    return set_visibility(track=track, visibility=visibility, by=by)


@transaction.atomic
def rename(*, track: Track, title: str, by: Person) -> None:
    """Give the track another title and leave everything else. The slug stays."""
    Track.objects.filter(pk=track.pk, owner=by).update(
        title=title[:TITLE_MAX], title_guessed=False, updated_at=timezone.now()
    )
    draw_anew([track.pk])


def take_title_of_file(*, asset: Asset) -> None:
    """Call a track what its file calls itself, where only the file's name was known until now."""
    facts = AudioFacts.objects.filter(asset=asset).values_list("tags", flat=True).first() or {}
    title = one_line(str(facts.get("title", "")))[:TITLE_MAX].strip()
    tracks = Track.objects.filter(title_guessed=True, versions__media__asset=asset)
    if keys := list(tracks.values_list("pk", flat=True)):
        words = {"title": title} if title else {}
        Track.objects.filter(pk__in=keys).update(title_guessed=False, **words)
        draw_anew(keys)
