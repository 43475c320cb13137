"""The rows of releases, playlists and what foreign pages ask for."""

from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.contracts import playlists
from tests.contracts.permissions import Row
from tests.factories.tracks import PlaylistFactory, ReleaseFactory
from tracks.criteria.language import read
from tracks.models import Playlist, PlaylistItem, Release, ReleaseTrack, Track

WORDS = {"title": "New", "description_md": "", "visibility": "private"}
RELEASE_WORDS = WORDS | {"kind": "ep", "released_on": "", "licence": "cc0-1.0"}
LISTS = ("release-", "playlist-", "embed-release", "embed-playlist")


def _rows(kind: str, words: dict[str, Any]) -> list[Row]:
    return [
        Row(f"{kind}-new", "GET", "", 302, 200, 200, 200),
        Row(f"{kind}-new", "POST", "", 302, 302, 302, 302, words),
        Row(f"{kind}-detail", "GET", "public", 200, 200, 200, 200),
        Row(f"{kind}-detail", "GET", "unlisted", 404, 404, 200, 404),
        Row(f"{kind}-detail", "GET", "private", 404, 404, 200, 404),
        Row(f"{kind}-unlisted", "GET", "unlisted", 200, 200, 200, 200),
        Row(f"{kind}-unlisted", "GET", "private", 404, 404, 404, 404),
        Row(f"{kind}-unlisted", "GET", "public", 404, 404, 404, 404),
        Row(f"{kind}-edit", "GET", "public", 302, 404, 200, 404),
        Row(f"{kind}-edit", "POST", "public", 302, 404, 302, 404, words),
        Row(f"{kind}-delete", "GET", "public", 302, 404, 200, 404),
        Row(f"{kind}-delete", "POST", "public", 302, 404, 302, 404),
        Row(f"{kind}-add", "POST", "public", 302, 404, 302, 404, {"track": "none"}),
        Row(f"{kind}-move", "POST", "public", 302, 404, 302, 404, {"step": "1"}),
        Row(f"{kind}-remove", "POST", "public", 302, 404, 302, 404),
        # Nobody's rights count in a frame: it is the same for all.
        Row(f"embed-{kind}", "GET", "public", 200, 200, 200, 200),
        Row(f"embed-{kind}", "GET", "unlisted", 404, 404, 404, 404),
        Row(f"embed-{kind}", "GET", "private", 404, 404, 404, 404),
        Row(f"profile-{kind}s", "GET", "owner", 200, 200, 200, 200),
    ]


ROWS = [
    *_rows("release", RELEASE_WORDS),
    *_rows("playlist", WORDS),
    *playlists.ROWS,
    Row("track-collect", "GET", "public", 302, 200, 200, 200),
    Row("track-collect", "GET", "private", 302, 404, 200, 404),
    Row("embed-track", "GET", "public", 200, 200, 200, 200),
    Row("embed-track", "GET", "unlisted", 404, 404, 404, 404),
    Row("embed-track", "GET", "private", 404, 404, 404, 404),
    Row("cover", "GET", "public", 302, 302, 302, 302),
    Row("cover", "GET", "private", 404, 404, 404, 404),
    Row("widget", "GET", "", 200, 200, 200, 200),
    Row("oembed", "GET", "", 400, 400, 400, 400),
    Row("docs-embed", "GET", "", 200, 200, 200, 200),
    Row("docs-events", "GET", "", 200, 200, 200, 200),
    Row("docs-kept", "GET", "", 200, 200, 200, 200),
]


def address(route: str, on: str, track: Track | None) -> str | None:
    """Return where a route of this table leads for a thing of the owner's; None for other routes.

    `track` is the owner's track of the same openness; it stands in the list, too.
    """
    if route in {"release-new", "playlist-new"}:
        return reverse(route)
    if route in {"profile-releases", "profile-playlists"}:
        return reverse(route, args=["owner"])
    if route in playlists.ROUTES:
        return playlists.address(route, _playlist(on, track))
    if (
        track is None
        or route == "release-credits"
        or not route.startswith((*LISTS, "embed-track", "cover"))
    ):
        return None
    if route == "cover":
        return reverse(route, args=["track", track.pk])
    if route == "embed-track":
        return reverse(route, args=[track.pk])
    found = listed("release" if "release" in route else "playlist", on, track)
    if route.startswith("embed-"):
        return reverse(route, args=[found.pk])
    if route.endswith("-unlisted"):
        return reverse(route, args=[found.token])
    if route.endswith(("-move", "-remove")):
        return reverse(route, args=[found.slug, found.items.get().pk])
    return reverse(route, args=[found.slug])


def _playlist(on: str, track: Track | None) -> Any:
    """Return the owner's playlist of this openness, or the smart one; None where none is named."""
    if on == "smart":
        owner = get_user_model().objects.get(handle="owner")
        rules = read({"rules": [{"field": "bpm", "operator": "least", "value": "1e2"}]}).kept()
        found = Playlist.objects.filter(owner=owner, rules__isnull=False).first()
        return found or PlaylistFactory(owner=owner, rules=rules)
    return listed("playlist", on, track) if track else None


def listed(kind: str, on: str, track: Track) -> Any:
    """Return the owner's list of this kind and openness, with the track in it."""
    model: Any = Release if kind == "release" else Playlist
    own = model.objects.filter(owner=track.owner, visibility=on)
    if found := (own if kind == "release" else own.filter(rules__isnull=True)).first():
        return found
    if kind == "release":
        made = ReleaseFactory(owner=track.owner, visibility=on)
        ReleaseTrack.objects.create(release=made, track=track, position=1)
    else:
        made = PlaylistFactory(owner=track.owner, visibility=on)
        PlaylistItem.objects.create(playlist=made, track=track, position=1)
    return made
