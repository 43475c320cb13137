"""Lists of music as a player takes them: whole, in order, told in few queries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from django.contrib.auth import get_user_model
from django.http import Http404
from django.shortcuts import get_object_or_404

from config.lib.urls import address_of
from tracks import access
from tracks.addresses import address_by_key
from tracks.collections import selectors as collecting
from tracks.criteria.selectors import in_order
from tracks.findable import findable
from tracks.models import Playlist, Release, Track, TrackVersion
from tracks.models.pictures import picture_of
from tracks.models.track import TrackQuerySet
from tracks.player import THUMB, facts_of, signed_picture
from tracks.search import grammar
from tracks.search import selectors as searching

MOST = 500
Entry = dict[str, Any]


@dataclass(frozen=True)
class Asker:
    """Who asks, and with what in hand: the key that opened the page they ask from."""

    user: access.User
    key: str = ""
    session: Any = None


def list_of(kind: str, name: str, asker: Asker) -> list[Entry]:
    """Return up to 500 entries of the list `name` of this kind, as far as the asker may hear them.

    Raises Http404 where there is no such list.
    """
    if kind not in KINDS:
        raise Http404
    playable = KINDS[kind](name, asker).filter(
        primary_version__media__asset__playable_at__isnull=False
    )
    listed = playable.for_entry()[:MOST]
    key = {"key": asker.key} if asker.key else {}
    return [
        entry(track, track.primary_version, asker.key) | key
        for track in listed
        if track.primary_version
    ]


def queued(items: Iterable[dict[str, Any]], asker: Asker) -> list[Entry]:
    """Return the entries of a queue, in its order, without what may no longer be heard."""
    wanted = list(items)
    shown = TrackVersion.objects.opened_by(asker.user)
    for key in {item["key"] for item in wanted if item.get("key")}:
        shown |= TrackVersion.objects.opened_by(asker.user, key, asker.session)
    ids = {item["version"] for item in wanted}
    found = {str(row.pk): row for row in shown.filter(pk__in=ids).for_entry()} if ids else {}
    for row in found.values():
        row.track.release_cover = row.release_cover
    return [
        entry(found[item["version"]].track, found[item["version"]], item.get("key", ""))
        | {"queue_id": item["id"], "seat": item.get("seat")}
        | {name: item.get(name, "") for name in ("key", "reason")}
        for item in wanted
        if item["version"] in found
    ]


def entry(track: Track, version: TrackVersion, key: str = "") -> Entry:
    """Return what a player needs to name a version and to ask for its sound by this key.

    Track and version must come from `for_entry()`: no query is made.
    """
    owner, facts = track.owner, facts_of(version)
    picture = picture_of(track, version.media)
    return {
        "version_id": str(version.pk),
        "track_id": str(track.pk),
        "title": track.title,
        "artist": track.artist,
        "artist_url": address_of("profile", owner.handle),
        "url": address_by_key(track, key),
        "cover_thumb": signed_picture(picture.media, THUMB) if picture else None,
        "duration_ms": facts.duration_ms if facts else None,
        "accent": picture.accent if picture else None,
        "loudness_lufs": facts.loudness_lufs if facts else None,
        "true_peak_dbtp": facts.true_peak_dbtp if facts else None,
    }


def _latest(_name: str, asker: Asker) -> TrackQuerySet:
    return findable(Track.objects.visible_to(asker.user)).published()


def _profile(handle: str, asker: Asker) -> TrackQuerySet:
    people: Any = get_user_model()._default_manager
    person = get_object_or_404(people.visible_to(asker.user), handle=handle.lower())
    return Track.objects.visible_to(asker.user).published().filter(owner=person)


def _wanted(text: str) -> grammar.Wanted:
    """Read what a page of results plays: the query of its address."""
    return grammar.read(parse_qs(text) if "=" in text else {"q": [text]})


def _search(text: str, asker: Asker) -> TrackQuerySet:
    with searching.bounded():
        found = searching.places_of(_wanted(text), asker.user, MOST)
    return in_order([place.pk for place in found], asker.user)


def _release(name: str, asker: Asker) -> TrackQuerySet:
    rows = Release.objects
    found = rows.visible_to(asker.user).filter(slug=name) | rows.opened_by_token(name)
    tracks = Track.objects.visible_to(asker.user)
    return tracks.filter(release_items__release=get_object_or_404(found).pk).order_by(
        "release_items__position"
    )


def _playlist(name: str, asker: Asker) -> TrackQuerySet:
    rows = Playlist.objects
    found = rows.visible_to(asker.user).filter(slug=name) | rows.opened_by_token(name)
    playlist: Any = get_object_or_404(found)
    return collecting.tracks_of(playlist, asker.user)


def _track(name: str, asker: Asker) -> TrackQuerySet:
    tracks = Track.objects.opened_by(asker.user, asker.key, asker.session)
    try:
        found = tracks.filter(pk=UUID(name))
    except ValueError:
        found = tracks.filter(slug=name)
    get_object_or_404(found.only("pk"))
    return found


ListRule = Callable[[str, Asker], TrackQuerySet]


def register_list(kind: str, rule: ListRule) -> None:
    """Say what stands in the lists of a kind: an upper app adds its own, such as what is liked.

    Raises ValueError for a kind given twice.
    """
    if kind in KINDS:
        raise ValueError(f"There are two lists called {kind!r}.")
    KINDS[kind] = rule


KINDS: dict[str, ListRule] = {
    "latest": _latest,
    "profile": _profile,
    "release": _release,
    "playlist": _playlist,
    "search": _search,
    "track": _track,
}
