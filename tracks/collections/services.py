"""Deeds on releases and playlists."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from config.lib import kept_pages
from config.lib.ids import token128
from config.lib.problems import Problem
from tracks.access import Person
from tracks.collections.selectors import MODELS, Collection, Item, kind_of, visible_items
from tracks.models import Playlist, PlaylistItem, Release, ReleaseTrack, Track, slugs
from tracks.models.slugs import new_slug_of
from tracks.visibility.services import opening
from tracks.visibility.services.closing import end_signatures_of_release
from tracks.visibility.services.visibility import OPENNESS

LONGEST = 1000  # tracks in one release or playlist
SLUG_TRIES = 4


def create(*, kind: str, owner: Person, words: dict[str, Any]) -> Collection:
    """Make an empty release or playlist out of a form's words."""
    model: Any = MODELS[kind]
    for _ in range(SLUG_TRIES):
        try:
            with transaction.atomic():
                slug = new_slug_of(model, words["title"], blank=kind)
                made: Collection = model.objects.create(owner=owner, slug=slug, **words)
                _bring_out(made)
                _draw_anew(made)
                return made
        except IntegrityError:  # somebody took the slug in between
            continue
    raise Problem("busy", "Too many get this title at once. Try again.", status=503)


@transaction.atomic
def edit(*, collection: Collection, words: dict[str, Any]) -> Collection:
    """Change what is said of it, and who may open it; returns it as it is now.

    A former slug leads to the new one. Every change of visibility makes a new key, as it does for
    tracks; where fewer people may open a release than before, every signed address of its tracks
    ends. Raises Problem: `slug-taken`, `not-found`.
    """
    row = _locked(collection)
    if words["visibility"] != row.visibility:
        row.token = token128()
        if OPENNESS.index(words["visibility"]) < OPENNESS.index(row.visibility):
            _close(row)
    words = dict(words)
    if (slug := words.pop("slug", row.slug)) != row.slug:
        slugs.give(row, slug)
    for name, value in words.items():
        setattr(row, name, value)
    row.save()
    _bring_out(row)
    _draw_anew(row)
    return row


def _draw_anew(collection: Collection) -> None:
    """Forget, on commit, the kept pages that show it."""
    kept_pages.forget(f"list:{collection.pk}", f"person:{collection.owner_id}")


def _bring_out(collection: Collection) -> None:
    """Say once that a release is public."""
    if isinstance(collection, Release):
        opening.settle(release=collection)


@transaction.atomic
def delete(*, collection: Collection) -> None:
    """Close the list to everybody until it comes back; the tracks in it stay.

    Deleting what is deleted changes nothing: its 30 days go on.
    """
    model: Any = type(collection)
    row = model.objects.select_for_update(of=("self",)).filter(pk=collection.pk).first()
    if row is not None:
        _close(row)
        row.deleted_at = timezone.now()
        row.save(update_fields=["deleted_at"])
        _draw_anew(row)


@transaction.atomic
def add(*, collection: Collection, track: Track) -> Item:
    """Put a track at the end. The caller has found it through what the owner may open.

    Raises a Problem where it may not stand there: another's track on a release, one that is on the
    release already, or a list that is full.
    """
    row = _locked(collection)
    if isinstance(row, Release):
        _refuse_on_release(row, track)
    if row.items.count() >= LONGEST:
        raise Problem("list-full", f"There are {LONGEST} tracks in it, which is the most.")
    last = row.items.aggregate(last=Max("position"))["last"] or 0
    _draw_anew(row)
    row.save(update_fields=["updated_at"])
    if isinstance(row, Release):
        place = ReleaseTrack.objects.create(release=row, track=track, position=last + 1)
        if opening.is_coming(row):
            opening.open_pieces(row)
        return place
    return PlaylistItem.objects.create(playlist=row, track=track, position=last + 1)


@transaction.atomic
def remove(*, collection: Collection, item_id: int | UUID) -> Track | None:
    """Take one place out of the list; returns what stood there, None where nothing did."""
    row: Any = _locked(collection)
    item = row.items.filter(pk=item_id).select_related("track").first()
    if item is None:
        return None
    track: Track = item.track
    if isinstance(row, Release) and opening.is_coming(row):
        opening.close_pieces(row, {track.pk}, by=row.owner)
    item.delete()
    row.save(update_fields=["updated_at"])
    _draw_anew(row)
    return track


@transaction.atomic
def move(*, collection: Collection, item_id: int | UUID, to: int) -> int | None:
    """Let a place be the `to`th, counted from 0, of those its owner sees; returns where it is now.

    What the owner cannot open keeps its neighbours. None where there is no such place.
    """
    row = _locked(collection)
    shown = list(visible_items(row, row.owner).values_list("pk", flat=True))
    if item_id not in shown:
        return None
    everything = list(row.items.order_by("position").values_list("pk", flat=True))
    before = shown.index(item_id)
    to = min(max(0, to), len(shown) - 1)
    if to == before:
        return to
    neighbour = shown[to]
    everything.remove(item_id)
    everything.insert(everything.index(neighbour) + (to > before), item_id)
    _number(row, everything)
    row.save(update_fields=["updated_at"])
    _draw_anew(row)
    return to


def _number(row: Collection, order: list[Any]) -> None:
    model: Any = ReleaseTrack if kind_of(row) == "release" else PlaylistItem
    places = {pk: place for place, pk in enumerate(order, start=1)}
    moved = [item for item in row.items.all() if item.position != places[item.pk]]
    for item in moved:
        item.position = places[item.pk]
    # Two may hold one place until the transaction ends: the constraint waits for it.
    model.objects.bulk_update(moved, ["position"])


def _refuse_on_release(release: Release, track: Track) -> None:
    if track.owner_id != release.owner_id:
        raise Problem("not-own", "A release holds only your own tracks.", status=403)
    if release.items.filter(track=track).exists():
        raise Problem("already-there", f"“{track.title}” is on “{release.title}” already.")


def _locked(collection: Collection) -> Collection:
    model: type[Any] = Release if isinstance(collection, Release) else Playlist
    row: Collection | None = (
        model.objects.select_for_update(of=("self",)).filter(pk=collection.pk).first()
    )
    if row is None:
        raise Problem("not-found", "This has been deleted.", status=404)
    return row


def _close(row: Collection) -> None:
    if isinstance(row, Release):
        end_signatures_of_release(row)
