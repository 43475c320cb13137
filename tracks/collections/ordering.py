"""The order of a release or playlist, and its revision.

A move names what it moves and beside what it comes to stand, never a number: so two people who move
at once both get what they meant. Everything here happens under the row's lock; each change raises
the revision by one and is told to whoever has the list open (`tracks.collections.consumers`).
"""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from config.lib import kept_pages, live
from config.lib.problems import Problem
from tracks.access import Person
from tracks.collections.selectors import Collection, visible_items
from tracks.models import Playlist, Release

CHANGED = "list.changed"
Place = int | UUID  # the key of a place in a list


@dataclass(frozen=True)
class Beside:
    """Where something is to stand: behind one place, before another; "" is the list's own end.

    Whoever moves says what they know of both sides: where one is gone, the other one counts.
    """

    behind: str | None = None
    before: str | None = None


def group_of(collection_id: Any) -> str:
    """Return the channels group of everybody who has this list open to change it."""
    return f"list-{collection_id}"


def locked(collection: Collection) -> Any:
    """Return the row as it is now, locked until the transaction ends.

    Raises Problem `not-found` for one that was deleted.
    """
    model: type[Any] = Release if isinstance(collection, Release) else Playlist
    row = model.objects.select_for_update(of=("self",)).filter(pk=collection.pk).first()
    if row is None:
        raise Problem("not-found", "This has been deleted.", status=404)
    return row


def draw_anew(collection: Collection) -> None:
    """Forget, on commit, the kept pages that show it."""
    kept_pages.forget(f"list:{collection.pk}", f"person:{collection.owner_id}")


def changed(row: Any, **change: Any) -> int:
    """Raise the revision of a locked list, and tell it on commit; returns the revision.

    `change` says what happened, by keys of places: `moved` or `added` with `behind` (the place
    before it, "" at the front), or `removed`. Without any, watchers read the whole.
    """
    row.revision += 1
    type(row).objects.filter(pk=row.pk).update(revision=row.revision, updated_at=Now())
    words = {name: str(value) for name, value in change.items()} | {"revision": str(row.revision)}
    transaction.on_commit(partial(live.announce, group_of(row.pk), CHANGED, **words))
    draw_anew(row)
    return int(row.revision)


@transaction.atomic
def move(
    *, collection: Collection, item_id: Place, to: Beside, by: Person
) -> tuple[int, str] | None:
    """Let a place stand beside another; returns the revision and what it stands behind now.

    `behind` and `before` are read in this order, and the first that is still there counts; where
    both are gone, the place stays where it is. Raises nothing: None where `by` sees no such place.
    """
    row = locked(collection)
    shown = visible_items(row, by)
    item = shown.filter(pk=item_id).first()
    if item is None:
        return None
    behind = _position_behind(row, item, to)
    if behind is not None and behind != _position_before(row, item.position):
        _shift(row, item, behind)
        item.position = behind + (behind < item.position)
        neighbour = _at(row, _position_before(row, item.position))
        return changed(row, moved=item.pk, behind=neighbour), neighbour
    return row.revision, _at(row, _position_before(row, item.position))


@transaction.atomic
def step(
    *, collection: Collection, item_id: Place, steps: int, by: Person
) -> tuple[int, str] | None:
    """Move a place by one of those that this person sees, up (-1) or down (1)."""
    row = locked(collection)
    shown = list(visible_items(row, by).values_list("pk", flat=True))
    if item_id not in shown:
        return None
    at = shown.index(item_id) + steps
    if not 0 <= at < len(shown):
        return row.revision, ""
    other = str(shown[at])
    to = Beside(behind=other) if steps > 0 else Beside(before=other)
    return move(collection=row, item_id=item_id, to=to, by=by)


def _position_behind(row: Any, item: Any, to: Beside) -> int | None:
    """Return the position behind which it is to stand, 0 for the front; None for nowhere."""
    others = row.items.exclude(pk=item.pk)
    if to.behind == "":
        return 0
    if to.behind and (found := _found(others, to.behind)) is not None:
        return found
    if to.before == "":
        last = others.order_by("-position").values_list("position", flat=True).first()
        return last or 0
    if to.before and (found := _found(others, to.before)) is not None:
        return _position_before(others, found)
    return None


def _found(others: Any, key: str) -> int | None:
    try:
        wanted = others.model._meta.pk.to_python(key)
    except Exception:  # Django's ValidationError: no key at all
        return None
    found: int | None = others.filter(pk=wanted).values_list("position", flat=True).first()
    return found


def _position_before(rows: Any, position: int) -> int:
    """Return the position of what stands before this one, 0 where nothing does."""
    places = rows if not hasattr(rows, "items") else rows.items
    before = places.filter(position__lt=position).order_by("-position")
    return before.values_list("position", flat=True).first() or 0


def _at(row: Any, position: int) -> str:
    found = row.items.filter(position=position).values_list("pk", flat=True).first()
    return "" if found is None else str(found)


def _shift(row: Any, item: Any, behind: int) -> None:
    """Make room: only what stands between moves by one. The constraint waits for the end."""
    if behind > item.position:
        between = row.items.filter(position__gt=item.position, position__lte=behind)
        between.update(position=F("position") - 1)
        row.items.filter(pk=item.pk).update(position=behind)
    else:
        between = row.items.filter(position__gt=behind, position__lt=item.position)
        between.update(position=F("position") + 1)
        row.items.filter(pk=item.pk).update(position=behind + 1)
