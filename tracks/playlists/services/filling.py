"""Putting many pieces into a playlist at once."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from config.lib.problems import Problem
from tracks.access import Person
from tracks.collections import services as collections
from tracks.collections.ordering import changed, locked
from tracks.collections.services import LONGEST
from tracks.models import Playlist, PlaylistItem, Track


def make(*, by: Person, words: dict[str, Any], tracks: Sequence[UUID]) -> Playlist:
    """Make a playlist of these tracks (ids), in this order.

    The caller has found them through what `by` may open. Raises Problem: `list-full`.
    """
    with transaction.atomic():
        made = cast(Playlist, collections.create(kind="playlist", owner=by, words=words))
        if tracks:
            append(playlist=made, tracks=tracks, by=by)
    return made


@transaction.atomic
def append(*, playlist: Playlist, tracks: Sequence[UUID], by: Person) -> Playlist:
    """Put these tracks (ids) at its end, in this order; all of them or none.

    The caller has found them through what `by` may open. Raises Problem: `list-full`, `smart`.
    """
    row = _by_hand(playlist)
    there = row.items.aggregate(last=Max("position"))["last"] or 0
    if row.items.count() + len(tracks) > LONGEST:
        raise Problem("list-full", f"A playlist holds at most {LONGEST} tracks.")
    _put(row, tracks, by, there)
    if tracks:
        changed(row)
    return cast(Playlist, row)


@transaction.atomic
def put(*, playlist: Playlist, tracks: Sequence[UUID], by: Person) -> Playlist:
    """Let these tracks (ids), and no others that `by` may open, stand in it in this order.

    What stands there already keeps its place's key, and who added it. What `by` may not open stays,
    behind all others. Raises Problem: `list-full`, `smart`.
    """
    row = _by_hand(playlist)
    visible = Track.objects.visible_to(by).filter(playlist_items__playlist=row)
    seen = set(visible.values_list("pk", flat=True))
    items = list(row.items.order_by("position"))
    hidden = [item for item in items if item.track_id not in seen]
    if len(tracks) + len(hidden) > LONGEST:
        raise Problem("list-full", f"A playlist holds at most {LONGEST} tracks.")
    free: dict[Any, list[PlaylistItem]] = {}
    for item in reversed([item for item in items if item.track_id in seen]):
        free.setdefault(item.track_id, []).append(item)
    order = [free[key].pop() if free.get(key) else key for key in tracks]
    gone = [item for left in free.values() for item in left]
    if any(not collections.may_take_out(row, item, by) for item in gone):
        raise Problem("not-own", "You take out only what you have added yourself.", status=403)
    PlaylistItem.objects.filter(pk__in=[item.pk for item in gone]).delete()
    for place, one in enumerate([*order, *hidden], start=1):
        if isinstance(one, PlaylistItem):
            one.position = place
    kept = [one for one in [*order, *hidden] if isinstance(one, PlaylistItem)]
    PlaylistItem.objects.bulk_update(kept, ["position"])
    PlaylistItem.objects.bulk_create(
        PlaylistItem(playlist=row, track_id=one, position=place, added_by=by)
        for place, one in enumerate(order, start=1)
        if not isinstance(one, PlaylistItem)
    )
    changed(row)
    return cast(Playlist, row)


def _by_hand(playlist: Playlist) -> Any:
    row = locked(playlist)
    if row.is_smart:
        raise Problem("smart", f"Rules say what stands in “{row.title}”: nothing is added by hand.")
    return row


def _put(row: Any, tracks: Sequence[UUID], by: Person, behind: int) -> None:
    PlaylistItem.objects.bulk_create(
        PlaylistItem(playlist=row, track_id=key, position=place, added_by=by)
        for place, key in enumerate(tracks, start=behind + 1)
    )
