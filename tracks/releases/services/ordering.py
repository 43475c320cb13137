"""The order of a release and its discs: each piece once, discs from 1 without a gap."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from config.lib import kept_pages
from config.lib.problems import Problem
from tracks.access import Person
from tracks.collections import services as collections
from tracks.models import Release, ReleaseTrack, Track
from tracks.visibility.services import opening

DISCS_MOST = 99


@transaction.atomic
def put(*, release: Release, places: Sequence[tuple[UUID, int]], by: Person) -> Release:
    """Let these tracks (id and disc), and no others, stand on it in this order.

    Discs are counted anew from 1; a lower one behind a higher one is refused. Raises Problem
    `not-own`, `twice`, `list-full`, `discs-mixed`.
    """
    row: Release = locked(release)
    wanted = [key for key, _ in places]
    if len(set(wanted)) != len(wanted):
        raise Problem("twice", "A track stands on a release once. One is named twice.")
    if len(wanted) > collections.LONGEST:
        most = collections.LONGEST
        raise Problem("list-full", f"A release has at most {most} tracks.")
    if sorted(disc for _, disc in places) != [disc for _, disc in places]:
        raise Problem("discs-mixed", "Tracks of one disc stand together, disc by disc.")
    own = set(
        Track.objects.filter(owner_id=row.owner_id, pk__in=wanted).values_list("pk", flat=True)
    )
    if set(wanted) - own:
        raise Problem("not-own", "A release holds only your own tracks.", status=403)
    left = row.items.exclude(track__in=wanted)
    taken = set(left.values_list("track_id", flat=True))
    if opening.is_coming(row):
        opening.close_pieces(row, taken, by=by)
    left.delete()
    there = {item.track_id: item for item in row.items.all()}
    # They show the release's cover, or did, and are found by its words.
    kept_pages.forget(*(f"track:{key}" for key in {*taken, *wanted} - there.keys()))
    free = max((item.position for item in there.values()), default=0)
    for offset, key in enumerate((key for key in wanted if key not in there), start=1):
        there[key] = ReleaseTrack.objects.create(release=row, track_id=key, position=free + offset)
    write(row, [(there[key], disc) for key, disc in places])
    if opening.is_coming(row):
        opening.open_pieces(row)
    return row


@transaction.atomic
def move(*, release: Release, item_id: int, to: int, by: Person) -> int | None:
    """Let a place be the `to`th, from 0; it joins the disc it comes to. None where it is gone."""
    row = locked(release)
    items = list(row.items.order_by("position"))
    item = next((each for each in items if each.pk == item_id), None)
    if item is None:
        return None
    to = min(max(0, to), len(items) - 1)
    before = items.index(item)
    if before != to:
        items.remove(item)
        # Where a disc ends and the next begins, it stays on the side it comes from.
        beside = items[to - 1] if to > before else items[to]
        items.insert(to, item)
        item.disc = beside.disc
        write(row, [(each, each.disc) for each in items])
    return to


@transaction.atomic
def split(*, release: Release, item_id: int, by: Person) -> bool:
    """Begin a new disc at this place, or end that if one begins there; False where it is gone.

    Raises Problem `discs-full`.
    """
    row = locked(release)
    items = list(row.items.order_by("position"))
    at = next((place for place, each in enumerate(items) if each.pk == item_id), None)
    if at is None:
        return False
    begins = at > 0 and items[at].disc != items[at - 1].disc
    step = -1 if begins else 1
    if at == 0:
        return True
    if step > 0 and items[-1].disc >= DISCS_MOST:
        raise Problem("discs-full", f"A release has at most {DISCS_MOST} discs.")
    write(row, [(each, each.disc + step * (place >= at)) for place, each in enumerate(items)])
    return True


@transaction.atomic
def remove(*, release: Release, item_id: int, by: Person) -> Track | None:
    """Take one place out; returns the track that stood there, None where nothing did."""
    row = locked(release)
    removed = collections.remove(collection=row, item_id=item_id, by=by)
    if removed is None:
        return None
    write(row, [(item, item.disc) for item in row.items.order_by("position")])
    return removed[0]


def write(row: Release, places: Sequence[tuple[ReleaseTrack, int]]) -> None:
    """Number places and discs of a locked release; two hold one place until the commit."""
    numbers = {disc: n for n, disc in enumerate(sorted({disc for _, disc in places}), start=1)}
    for position, (item, disc) in enumerate(places, start=1):
        item.position, item.disc = position, numbers[disc]
    ReleaseTrack.objects.bulk_update([item for item, _ in places], ["position", "disc"])
    row.save(update_fields=["updated_at"])
    kept_pages.forget(f"list:{row.pk}", f"person:{row.owner_id}")


def locked(release: Release) -> Any:
    """Return the row, locked: whoever changes the order next waits. Raises Problem `not-found`."""
    rows = Release.objects.select_for_update(of=("self",)).select_related("owner")
    row = rows.filter(pk=release.pk).first()
    if row is None:
        raise Problem("not-found", "This has been deleted.", status=404)
    return row
