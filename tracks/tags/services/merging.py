"""Two words for one thing, made one."""

from uuid import UUID

from django.db import transaction

from config.lib import kept_pages
from config.lib.problems import Problem
from tracks.access import Person
from tracks.models import Tag, TrackTag
from tracks.tags.services.counting import recount
from tracks.visibility.services.closing import draw_anew

AT_ONCE = 500
STRENGTH = {TrackTag.State.REFUSED: 0, TrackTag.State.SUGGESTED: 1, TrackTag.State.ACCEPTED: 2}


@transaction.atomic
def merge(*, tag: Tag, into: Tag, by: Person) -> Tag:
    """Let `into` stand for `tag` from now on, on every track; returns what stands for both.

    What was merged into `tag` before goes along, so that one step leads there. Doing it again
    changes nothing. Raises Problem: `may-not-merge`, `merge-loop`.
    """
    if not by.acts_as_staff:
        raise Problem("may-not-merge", "Moderators merge tags.", status=403)
    # In the order of their keys, so that two merges at once do not wait for each other for ever.
    both = Tag.objects.select_for_update().filter(pk__in=[tag.pk, into.pk]).order_by("pk")
    rows = {row.pk: row for row in both}
    old, root = rows[tag.pk], rows[into.pk]
    while root.merged_into_id:
        root = Tag.objects.select_for_update().get(pk=root.merged_into_id)
    if root.pk == old.pk:
        raise Problem("merge-loop", f"“{into.name}” is “{tag.name}” already.")
    if old.merged_into_id == root.pk:
        return root
    tracks = _move(old, root)
    Tag.objects.filter(merged_into=old).update(merged_into=root)
    Tag.objects.filter(pk=old.pk).update(merged_into=root, uses=0)
    recount([old.pk, root.pk])
    for start in range(0, len(tracks), AT_ONCE):
        draw_anew(tracks[start : start + AT_ONCE])
    kept_pages.forget("tags", f"tag:{old.pk}", f"tag:{root.pk}")
    return root


@transaction.atomic
def part(*, tag: Tag, by: Person) -> None:
    """Let a merged tag be one of its own again; what it stood on stays with the other one."""
    if not by.acts_as_staff:
        raise Problem("may-not-merge", "Moderators merge tags.", status=403)
    Tag.objects.filter(pk=tag.pk).update(merged_into=None)
    kept_pages.forget("tags", f"tag:{tag.pk}")


def _move(old: Tag, root: Tag) -> list[UUID]:
    """Bring the tag of every track to the other one; where both stand, the surer one stays."""
    there = dict(TrackTag.objects.filter(tag=root).values_list("track_id", "state"))
    both = TrackTag.objects.filter(tag=old, track__in=list(there))
    for row in both:
        if STRENGTH[TrackTag.State(row.state)] > STRENGTH[TrackTag.State(there[row.track_id])]:
            words = {name: getattr(row, name) for name in ("state", "source", "confidence")}
            TrackTag.objects.filter(tag=root, track=row.track_id).update(**words)
    tracks = list(TrackTag.objects.filter(tag=old).values_list("track_id", flat=True))
    both.delete()
    TrackTag.objects.filter(tag=old).update(tag=root)
    return tracks
