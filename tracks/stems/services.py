"""What an owner does with the stems of a version. They are added by completing an upload."""

from django.db import transaction

from config.lib.lines import one_line
from media_pipeline.assets.services.removal import remove_media
from tracks.access import Person
from tracks.models import Stem, TrackVersion
from tracks.visibility.services.closing import draw_anew, look_again

TITLE_MAX = 80


@transaction.atomic
def describe(*, stem: Stem, by: Person, role: str, title: str) -> Stem:
    """Say what a stem is; returns it as it is now."""
    stem.role, stem.title = role, one_line(title)[:TITLE_MAX]
    stem.save(update_fields=["role", "title"])
    draw_anew([stem.version.track_id])
    return stem


@transaction.atomic
def move(*, stem: Stem, by: Person, to: int) -> Stem:
    """Put a stem at a place in the order of its version, counted from 1; the others make room."""
    TrackVersion.objects.select_for_update(of=("self",)).get(pk=stem.version_id)
    order = list(Stem.objects.filter(version=stem.version_id).exclude(pk=stem.pk))
    order.insert(max(0, min(to - 1, len(order))), stem)
    for position, each in enumerate(order, start=1):
        each.position = position
    Stem.objects.bulk_update(order, ["position"])
    draw_anew([stem.version.track_id])
    return stem


@transaction.atomic
def delete(*, stem: Stem, by: Person) -> None:
    """Remove a stem and its music; ends its signatures."""
    media = stem.media
    look_again([media], [stem.version.track_id])
    stem.delete()
    remove_media(media)


def place_of(stem: Stem) -> int:
    """Return where a stem stands in the order of its version, counted from 1."""
    before = Stem.objects.filter(version=stem.version_id, position__lt=stem.position)
    return before.count() + 1
