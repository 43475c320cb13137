"""Bringing back what was deleted, and removing it for good."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.lib import kept_pages
from config.lib.ids import token128
from config.lib.problems import Problem
from media_pipeline.assets.services.removal import remove_media
from media_pipeline.events.services import OWNER, tell
from tracks.access import Person
from tracks.catalogue.services import deletion
from tracks.collections import services as collections
from tracks.deleted.selectors import KEPT, MODELS
from tracks.events import (
    PLAYLIST_REMOVED,
    PLAYLIST_RESTORED,
    RELEASE_REMOVED,
    RELEASE_RESTORED,
)
from tracks.holds import held_lists, held_tracks, require_free
from tracks.models import Playlist, Release, Track
from tracks.visibility.services import opening
from tracks.visibility.services.closing import draw_anew

Thing = Track | Release | Playlist


def delete(*, thing: Thing, by: Person) -> None:
    """Close a piece or list to everybody until it comes back; again, its 30 days go on."""
    if isinstance(thing, Track):
        deletion.delete(track=thing, by=by)
    else:
        collections.delete(collection=thing, by=by)


@transaction.atomic
def restore(*, thing: Thing, by: Person) -> Thing:
    """Bring back a deleted piece or list as it was.

    The pieces of a release whose hour is to come open with it again; where it has passed meanwhile,
    the release is private: nothing comes out without being asked for. Raises Problem `not-found`
    where it is gone for good.
    """
    if isinstance(thing, Track):
        return deletion.restore(track=thing, by=by)
    row = _locked(thing)
    if row is None:
        raise Problem("not-found", "This is gone for good.", status=404)
    found: Thing = row
    if (deleted_at := row.deleted_at) is None:
        return found
    row.deleted_at = None
    row.save(update_fields=["deleted_at"])
    _bring_back_hour(row, deleted_at)
    kind = RELEASE_RESTORED if isinstance(row, Release) else PLAYLIST_RESTORED
    tell(kind, of=row, by=by.pk, audience=OWNER, owner=row.owner_id)
    _draw_anew(row)
    return found


def _bring_back_hour(row: Any, deleted_at: datetime) -> None:
    if not isinstance(row, Release) or not opening.waits(row, deleted_at):
        return
    if opening.waits(row, timezone.now()):
        opening.open_pieces(row, again=True)
        opening.settle(release=row)
    else:
        row.visibility, row.release_at, row.token = Release.Visibility.PRIVATE, None, token128()
        row.save(update_fields=["visibility", "release_at", "token"])


@transaction.atomic
def remove(*, thing: Thing, by: Person) -> None:
    """Remove what is deleted for good; what was brought back a moment ago stays.

    Raises Problem `not-deleted`.
    """
    row = _locked(thing)
    if row is not None and row.deleted_at is None:
        raise Problem("not-deleted", "It was brought back, and stays.", status=409)
    if row is not None:
        take_away(thing=row, by=by)


@transaction.atomic
def take_away(*, thing: Thing, by: Person) -> None:
    """Remove a piece with all that was made of it, or a list, for good, deleted or not.

    Raises Problem `is-held`.
    """
    if isinstance(thing, Track):
        deletion.remove(track=thing, by=by)
        return
    require_free(thing, held_lists())
    _draw_anew(thing)
    kind = RELEASE_REMOVED if isinstance(thing, Release) else PLAYLIST_REMOVED
    tell(kind, of=thing, by=by.pk, audience=OWNER, owner=thing.owner_id)
    cover = thing.cover
    thing.delete()
    if cover:
        remove_media(cover)


def forget_old(now: datetime, most: int) -> int:
    """Remove for good up to `most` things that were deleted 30 days before `now`; return how many.

    What is being brought back this moment is left.
    """
    done = 0
    for model in MODELS.values():
        due = model.everything.filter(deleted_at__lte=now - KEPT).order_by("deleted_at")
        due = due.exclude(held_tracks() if model is Track else held_lists())
        with transaction.atomic():
            rows = due.select_related("owner").select_for_update(of=("self",), skip_locked=True)
            for row in rows[: most - done]:
                take_away(thing=row, by=row.owner)
                done += 1
    return done


def _locked(thing: Thing) -> Any:
    model: Any = type(thing)
    return model.everything.select_for_update(of=("self",)).filter(pk=thing.pk).first()


def _draw_anew(row: Any) -> None:
    if isinstance(row, Release):  # whose cover its pieces show
        draw_anew(row.items.values_list("track_id", flat=True))
        names = row.credits.order_by().values_list("name__slug", flat=True).distinct()
        kept_pages.forget(f"label:{row.label_id}", *(f"name:{slug}" for slug in names))
    kept_pages.forget(f"list:{row.pk}", f"person:{row.owner_id}")
