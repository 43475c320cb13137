"""What the pages of releases and playlists are given."""

from typing import Any

from config.lib.markdown import to_html
from tracks.access import Person, User
from tracks.collections import selectors as collecting
from tracks.collections.selectors import Collection
from tracks.collections.services import may_take_out
from tracks.hidden_words import shown
from tracks.models import Playlist, Release, Track

MOST_OFFERED = 50  # of each kind, where a track may go


def collection_page(
    collection: Collection, viewer: User, *, after: int = 0, key: str = ""
) -> dict[str, Any]:
    """Return the context of one list's page, with up to 100 tracks behind position `after`.

    `key` is what opened it, where it is unlisted.
    """
    items, following = collecting.items_page(collection, viewer, after)
    count, length_ms = collecting.totals(collection, viewer)
    working = getattr(collection, "working", [])
    _name_adders(items, working)
    arranges = str(viewer.pk) in {str(collection.owner_id), *(one["id"] for one in working)}
    return {
        "collection": collection,
        "key": key,
        "kind": collecting.kind_of(collection),
        "smart": collecting.is_smart(collection),
        "items": items,
        "tracks": [item.track for item in items],
        "face": items[0].track.card if items and not after else None,
        "covers": _covers(collection, items) if not after else [],
        "count": count,
        "length_ms": length_ms,
        "first_number": collecting.number_of(items[0], viewer, collection)
        if items and after
        else 1,
        "next_url": f"?after={following}" if following else "",
        "can_edit": viewer.is_authenticated and arranges,
        "working": working,
        "description_html": to_html(shown(collection.description_md, collection, viewer)),
    }


def _covers(collection: Collection, items: list[Any]) -> list[str]:
    """Return the covers that stand together for a playlist which has none of its own."""
    if collecting.kind_of(collection) == "release" or collection.cover_id:
        return []
    return collecting.covers_of(item.track for item in items)


def _name_adders(items: list[Any], working: list[dict[str, str]]) -> None:
    """Give each place `adder`: who of those invited has added it; "" for its owner and others."""
    names = {person["id"]: person["name"] for person in working}
    for item in items:
        item.adder = names.get(str(getattr(item, "added_by_id", None)), "")


def edit_page(collection: Collection, viewer: Person, after: int) -> dict[str, Any]:
    """Return the context of the page where its owner, or who works on it, changes it."""
    context = collection_page(collection, viewer, after=after)
    if context["smart"]:
        return context | {"closed_count": 0, "owns": True}
    for item in context["items"]:
        item.may_go = may_take_out(collection, item, viewer)
    return context | {
        "closed_count": collection.items.count() - context["count"],
        "owns": viewer.pk == collection.owner_id,
    }


def collect_page(track: Track, viewer: Person) -> dict[str, Any]:
    """Return the context of the page that asks where a track is to go."""
    own = track.owner_id == viewer.pk
    playlists = Playlist.objects.arranged_by(viewer).filter(rules__isnull=True)
    releases = Release.objects.filter(owner=viewer).exclude(items__track=track)
    return {
        "track": track,
        "playlists": playlists.order_by("-updated_at")[:MOST_OFFERED],
        "releases": releases.order_by("-updated_at")[:MOST_OFFERED] if own else [],
        "own": own,
    }
