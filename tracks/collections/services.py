"""Deeds on releases and playlists."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from config.lib import kept_pages
from config.lib.ids import token128
from config.lib.problems import Problem
from media_pipeline.events.services import OWNER, tell
from tracks.access import Person
from tracks.collections.ordering import changed, draw_anew, locked
from tracks.collections.selectors import MODELS, Collection, Item
from tracks.events import PLAYLIST_DELETED, RELEASE_DELETED
from tracks.models import Playlist, PlaylistItem, Release, ReleaseTrack, Track, slugs
from tracks.models.slugs import new_slug_of
from tracks.visibility.services import opening
from tracks.visibility.services.closing import end_signatures_of_release

LONGEST = 1000  # tracks in one release or playlist
SLUG_TRIES = 4
Removed = tuple[Track, int] | None  # what stood there, and the list's revision since


def create(*, kind: str, owner: Person, words: dict[str, Any]) -> Collection:
    """Make an empty release or playlist out of a form's words."""
    model: Any = MODELS[kind]
    for _ in range(SLUG_TRIES):
        try:
            with transaction.atomic():
                slug = new_slug_of(model, words["title"], blank=kind)
                made: Collection = model.objects.create(owner=owner, slug=slug, **words)
                _bring_out(made)
                draw_anew(made)
                return made
        except IntegrityError:  # somebody took the slug in between
            continue
    raise Problem("busy", "Too many get this title at once. Try again.", status=503)


@transaction.atomic
def edit(*, playlist: Playlist, words: dict[str, Any]) -> Playlist:
    """Change what is said of it, and who may open it; returns it as it is now.

    A former slug leads to the new one. Every change of visibility makes a new key, as it does for
    tracks. Raises Problem: `slug-taken`, `not-found`.
    """
    row: Playlist = locked(playlist)
    if words["visibility"] != row.visibility:
        row.token = token128()
    words = dict(words)
    if (slug := words.pop("slug", row.slug)) != row.slug:
        slugs.give(row, slug)
    for name, value in words.items():
        setattr(row, name, value)
    row.save()
    draw_anew(row)
    return row


def _bring_out(collection: Collection) -> None:
    """Say once that a release is public."""
    if isinstance(collection, Release):
        opening.settle(release=collection)


@transaction.atomic
def delete(*, collection: Collection, by: Person) -> None:
    """Close the list to everybody until it comes back; the tracks in it stay.

    The hour of a release that is to come counts no more: its pieces are private again, and do not
    come out without it. Deleting what is deleted changes nothing: its 30 days go on.
    """
    model: Any = type(collection)
    row = model.objects.select_for_update(of=("self",)).filter(pk=collection.pk).first()
    if row is not None:
        if isinstance(row, Release) and opening.waits(row, timezone.now()):
            pieces = row.items.filter(opens_with=True).values_list("track_id", flat=True)
            opening.close_pieces(row, set(pieces), by=row.owner)
        _close(row)
        row.deleted_at = timezone.now()
        row.save(update_fields=["deleted_at"])
        kind = RELEASE_DELETED if isinstance(row, Release) else PLAYLIST_DELETED
        tell(kind, of=row, by=by.pk, audience=OWNER, owner=row.owner_id)
        changed(row)


@transaction.atomic
def add(*, collection: Collection, track: Track, by: Person | None = None) -> Item:
    """Put a track at the end. The caller has found it through what `by`, or the owner, may open.

    Raises a Problem where it may not stand there: another's track on a release, one that is on the
    release already, a list that is full or is made by rules.
    """
    row = locked(collection)
    if isinstance(row, Release):
        _refuse_on_release(row, track)
    elif row.is_smart:
        raise Problem("smart", f"Rules say what stands in “{row.title}”: nothing is added by hand.")
    if row.items.count() >= LONGEST:
        raise Problem("list-full", f"There are {LONGEST} tracks in it, which is the most.")
    last = row.items.aggregate(last=Max("position"))["last"] or 0
    made: Item
    if isinstance(row, Release):
        made = ReleaseTrack.objects.create(release=row, track=track, position=last + 1)
        kept_pages.forget(f"track:{track.pk}")  # which shows its cover, and is found by its words
        if opening.is_coming(row):
            opening.open_pieces(row)
    else:
        made = PlaylistItem.objects.create(
            playlist=row, track=track, position=last + 1, added_by=by or row.owner
        )
    changed(row, added=made.pk)
    return made


@transaction.atomic
def remove(*, collection: Collection, item_id: int | UUID, by: Person | None = None) -> Removed:
    """Take one place out of the list; returns what stood there, None where nothing did.

    Collaborators take out what they have added, or everything where the owner said so. Raises
    Problem: `not-own`.
    """
    row = locked(collection)
    item = row.items.filter(pk=item_id).select_related("track").first()
    if item is None:
        return None
    if not may_take_out(row, item, by):
        raise Problem("not-own", "You take out only what you have added yourself.", status=403)
    track: Track = item.track
    if isinstance(row, Release):
        kept_pages.forget(f"track:{track.pk}")
        if opening.is_coming(row):
            opening.close_pieces(row, {track.pk}, by=row.owner)
    item.delete()
    return track, changed(row, removed=item_id)


def may_take_out(collection: Any, item: Any, by: Person | None) -> bool:
    """Tell whether this person takes this place out: `by` may arrange the list."""
    if by is None or by.pk == collection.owner_id:
        return True
    return bool(collection.all_take_out or item.added_by_id == by.pk)


def _refuse_on_release(release: Release, track: Track) -> None:
    if track.owner_id != release.owner_id:
        raise Problem("not-own", "A release holds only your own tracks.", status=403)
    if release.items.filter(track=track).exists():
        raise Problem("already-there", f"“{track.title}” is on “{release.title}” already.")


def _close(row: Collection) -> None:
    if isinstance(row, Release):
        end_signatures_of_release(row)
