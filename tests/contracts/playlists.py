"""The rows of what playlists have beyond other lists: rules, people, files, and programs."""

from typing import Any

from django.urls import reverse

from tests.contracts.permissions import Row
from tracks.models import PlaylistInvitation

RULES = {"field": "bpm", "operator": "least", "value": "100", "do": "preview"}

ROWS = [
    Row("playlist-smart", "GET", "", 302, 200, 200, 200),
    Row("playlist-smart", "POST", "", 302, 200, 200, 200, RULES),
    Row("playlist-smart-preview", "POST", "", 302, 200, 200, 200, RULES),
    Row("playlist-rules", "GET", "smart", 302, 404, 200, 404),
    Row("playlist-rules", "POST", "smart", 302, 404, 200, 404, RULES),
    Row("playlist-import", "GET", "", 302, 200, 200, 200),
    Row("playlist-import", "POST", "", 302, 422, 422, 422),
    Row("playlist-people", "GET", "public", 302, 404, 200, 404),
    Row("playlist-people", "POST", "public", 302, 404, 302, 404, {"do": "link"}),
    Row("playlist-together", "GET", "public", 302, 404, 404, 404),
    Row("playlist-together", "POST", "public", 302, 404, 404, 404, {"do": "accept"}),
    Row("playlist-join", "GET", "public", 302, 200, 200, 200),
    Row("playlist-join", "POST", "public", 302, 302, 302, 302),
    *(
        row
        for form in ("m3u8", "xspf")
        for row in (
            Row(f"list-export-{form}", "GET", "public", 200, 200, 200, 200),
            Row(f"list-export-{form}", "GET", "private", 404, 404, 200, 404),
            Row(f"api-playlist-{form}", "GET", "public", 200, 200, 200, 200),
            Row(f"api-playlist-{form}", "GET", "unlisted", 404, 404, 200, 404),
            Row(f"api-playlist-{form}", "GET", "private", 404, 404, 200, 404),
        )
    ),
    Row("api-playlists", "GET", "", 401, 200, 200, 200),
    Row("api-playlists", "POST", "", 401, 400, 400, 400),
    Row("api-playlist", "GET", "public", 200, 200, 200, 200),
    Row("api-playlist", "GET", "unlisted", 404, 404, 200, 404),
    Row("api-playlist", "GET", "private", 404, 404, 200, 404),
    Row("api-playlist", "PATCH", "public", 401, 404, 200, 404),
    Row("api-playlist", "DELETE", "public", 401, 404, 204, 404),
    Row("api-playlist-tracks", "PUT", "public", 401, 404, 400, 404),
    Row("api-playlist-tracks", "POST", "public", 401, 404, 400, 404),
    Row("api-playlist-item", "PATCH", "public", 401, 404, 200, 404),
    Row("api-playlist-item", "DELETE", "public", 401, 404, 204, 404),
    Row("api-playlist-import", "POST", "public", 401, 404, 400, 404),
]
ROUTES = {row.route for row in ROWS}


def address(route: str, playlist: Any) -> str | None:
    """Return where a route of this table leads, for a playlist of the owner's; None for others."""
    if route not in ROUTES:
        return None
    if playlist is None:
        return reverse(route)
    slug, pk = playlist.slug, playlist.pk
    if route == "playlist-join":
        link, _ = PlaylistInvitation.objects.get_or_create(playlist=playlist)
        return reverse(route, args=[link.token])
    if route.startswith("list-export"):
        return reverse(route, args=["playlist", slug])
    if route == "api-playlist-item":
        return reverse(route, args=[pk, playlist.items.get().pk])
    return reverse(route, args=[pk if route.startswith("api-") else slug])
