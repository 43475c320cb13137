"""The rows of names, credits, tags, tempo and key, and of what sounds alike."""

from typing import Any

from django.urls import reverse

from tests.contracts import lists
from tests.contracts.permissions import Row
from tests.factories.described import credit, tag_on
from tracks.models import Name, Track

CREDITS_FORM = {"artist-name": "Ada", "credit-name": "Bo", "credit-role": "writer"}
ROWS = [
    Row("artist", "GET", "public", 200, 200, 200, 200),
    Row("artist", "GET", "unlisted", 404, 404, 200, 404),
    Row("artist", "GET", "private", 404, 404, 200, 404),
    Row("artist-releases", "GET", "public", 200, 200, 200, 200),
    Row("artist-releases", "GET", "unlisted", 404, 404, 200, 404),
    Row("artist-releases", "GET", "private", 404, 404, 200, 404),
    Row("api-artist", "GET", "public", 200, 200, 200, 200),
    Row("api-artist", "GET", "unlisted", 404, 404, 200, 404),
    Row("api-artist", "GET", "private", 404, 404, 200, 404),
    Row("artist-claim", "GET", "public", 302, 200, 200, 200),
    Row("artist-claim", "POST", "public", 302, 302, 302, 302),
    Row("artist-claim", "GET", "private", 302, 404, 200, 404),
    Row("artist-claim", "POST", "private", 302, 404, 302, 404),
    Row("artist-own", "GET", "public", 302, 404, 200, 404),
    Row("artist-own", "POST", "public", 302, 404, 302, 404, {"name": "NAME public"}),
    Row("artist-give-up", "POST", "public", 302, 404, 302, 404),
    Row("credit-link", "POST", "public", 302, 404, 302, 404),
    Row("track-credits", "GET", "public", 302, 404, 200, 404),
    Row("track-credits", "POST", "public", 302, 404, 302, 404, CREDITS_FORM),
    Row("release-credits", "GET", "public", 302, 404, 200, 404),
    Row("release-credits", "POST", "public", 302, 404, 302, 404, CREDITS_FORM),
    Row("tags", "GET", "", 200, 200, 200, 200),
    Row("tag", "GET", "public", 200, 200, 200, 200),
    # Nothing that is not published is found by its words, not by its owner either.
    Row("tag", "GET", "unlisted", 404, 404, 404, 404),
    Row("tag", "GET", "private", 404, 404, 404, 404),
    Row("track-tags", "GET", "public", 302, 404, 200, 404),
    Row("track-tags", "POST", "public", 302, 404, 302, 404, {"tags": "calm, piano"}),
    Row("track-tag", "POST", "public", 302, 404, 302, 404, {"act": "remove"}),
    Row("track-music", "GET", "public", 302, 404, 200, 404),
    Row("track-music", "POST", "public", 302, 404, 302, 404, {"bpm": "120", "key": "Am"}),
    Row("api-names", "GET", "", 401, 200, 200, 200),
    Row("api-tags", "GET", "", 200, 200, 200, 200),
    Row("api-track-credits", "GET", "public", 200, 200, 200, 200),
    Row("api-track-credits", "GET", "unlisted", 404, 404, 200, 404),
    Row("api-track-credits", "GET", "private", 404, 404, 200, 404),
    Row("api-track-credits", "PUT", "public", 401, 404, 200, 404),
    Row("api-release-credits", "GET", "public", 200, 200, 200, 200),
    Row("api-release-credits", "GET", "unlisted", 404, 404, 200, 404),
    Row("api-release-credits", "GET", "private", 404, 404, 200, 404),
    Row("api-release-credits", "PUT", "public", 401, 404, 200, 404),
    Row("api-track-tags", "GET", "public", 200, 200, 200, 200),
    Row("api-track-tags", "GET", "unlisted", 404, 404, 200, 404),
    Row("api-track-tags", "GET", "private", 404, 404, 200, 404),
    Row("api-track-tags", "PUT", "public", 401, 404, 400, 404),
    Row("api-track-music", "GET", "public", 200, 200, 200, 200),
    Row("api-track-music", "GET", "unlisted", 404, 404, 200, 404),
    Row("api-track-music", "GET", "private", 404, 404, 200, 404),
    Row("api-track-similar", "GET", "public", 200, 200, 200, 200),
    Row("api-track-similar", "GET", "unlisted", 404, 404, 200, 404),
    Row("api-track-similar", "GET", "private", 404, 404, 200, 404),
    Row("api-track-path", "GET", "public", 400, 400, 400, 400),
    Row("api-track-path", "GET", "private", 404, 404, 400, 404),
    Row("track-similar", "GET", "public", 200, 200, 200, 200),
    Row("track-similar", "GET", "unlisted", 404, 404, 200, 404),
    Row("track-similar", "GET", "private", 404, 404, 200, 404),
    Row("track-similar-unlisted", "GET", "unlisted", 200, 200, 200, 200),
    Row("track-similar-unlisted", "GET", "private", 404, 404, 404, 404),
    Row("track-similar-unlisted", "GET", "public", 404, 404, 404, 404),
    Row("track-path", "GET", "public", 200, 200, 200, 200),
    Row("track-path", "GET", "unlisted", 404, 404, 200, 404),
    Row("track-path", "GET", "private", 404, 404, 200, 404),
    Row("api-track-music", "PATCH", "public", 401, 404, 200, 404),
]
OF_TRACKS = {
    *("api-track-credits", "api-track-tags", "api-track-music"),
    *("api-track-similar", "api-track-path"),
}


def address(route: str, on: str, track: Track | None) -> str | None:
    """Return where a route of this table leads for the owner's track; None for other routes."""
    if route not in {row.route for row in ROWS} or track is None:
        return None
    if route in OF_TRACKS:
        return reverse(route, args=[track.pk])
    if route == "track-similar-unlisted":
        return reverse(route, args=[track.token])
    if route == "api-release-credits":
        return reverse(route, args=[lists.listed("release", on, track).pk])
    if route == "release-credits":
        return reverse(route, args=[lists.listed("release", on, track).slug])
    if route == "tag":
        return reverse(route, args=[tag_on(track, f"word {on}").tag.slug])
    if route == "track-tag":
        return reverse(route, args=[track.slug, tag_on(track, f"word {on}").pk])
    if route == "credit-link":
        return reverse(route, args=[_claimed(on, track).credits.get().pk])
    if route in {"artist-own", "artist-give-up"}:
        return reverse(route, args=[_claimed(on, track).slug])
    if route.startswith(("artist", "api-artist")):
        return reverse(route, args=[credit(track, f"Name {on}").name.slug])
    return reverse(route, args=[track.slug])


def _claimed(on: str, track: Track) -> Any:
    """Return a name on the track that leads to its owner."""
    name = credit(track, f"Name {on}").name
    Name.objects.filter(pk=name.pk).update(account=track.owner)
    return name
