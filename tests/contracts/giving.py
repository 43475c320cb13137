"""The rows of giving away: taking, opening to others, and the list of listeners."""

from uuid import UUID

from django.urls import reverse

from social.models import User
from tests.contracts import lists
from tests.contracts.permissions import Row
from tests.factories.social import UserFactory
from tracks.models import DownloadGrant, ListedListener, Track

SIGNATURE, NOTHING = "x" * 43, UUID(int=7)
OPEN = dict.fromkeys(("gives_original", "gives_flac", "gives_mp3"), "nobody")
SOMEBODY = {"handle": "stranger", "what": "everything", "days": "7"}

# Nothing is open to anybody but the owner, for whom it has to be made ready first.
ROWS = [
    *(
        Row(f"{before}-download", method, on, *got)
        for before in ("track", "release", "api-track", "api-release")
        for method, on, got in (
            ("GET", "public", (403, 403, 202, 403)),
            ("GET", "unlisted", (404, 404, 202, 404)),
            ("GET", "private", (404, 404, 202, 404)),
        )
    ),
    Row("track-download", "HEAD", "public", 403, 403, 200, 403),
    Row("track-download", "HEAD", "private", 404, 404, 200, 404),
    Row("release-download", "HEAD", "private", 404, 404, 200, 404),
    Row("download-file", "GET", "", 403, 403, 403, 403),
    Row("download-file", "HEAD", "", 403, 403, 403, 403),
    Row("track-downloads", "GET", "public", 302, 404, 200, 404),
    Row("track-downloads", "POST", "public", 302, 404, 302, 404, OPEN),
    Row("release-downloads", "GET", "public", 302, 404, 200, 404),
    Row("release-downloads", "POST", "public", 302, 404, 302, 404, {"download": "nobody"}),
    Row("track-grant", "POST", "public", 302, 404, 302, 404, SOMEBODY),
    Row("release-grant", "POST", "public", 302, 404, 302, 404, SOMEBODY),
    Row("grant-revoke", "POST", "public", 302, 404, 302, 404),
    Row("my-downloads", "GET", "", 302, 200, 200, 200),
    Row("api-my-downloads", "GET", "", 401, 200, 200, 200),
    Row("listeners", "GET", "", 302, 200, 200, 200),
    Row("listeners", "POST", "", 302, 302, 422, 302, {"handle": "owner"}),
    Row("listener-remove", "POST", "public", 302, 404, 302, 404),
    Row("api-track-grants", "GET", "public", 401, 404, 200, 404),
    Row("api-track-grants", "POST", "public", 401, 404, 400, 404),
    Row("api-release-grants", "GET", "public", 401, 404, 200, 404),
    Row("api-release-grants", "POST", "public", 401, 404, 400, 404),
    Row("api-grant", "DELETE", "public", 401, 404, 204, 404),
    Row("api-listeners", "GET", "", 401, 200, 200, 200),
    Row("api-listeners", "POST", "", 401, 400, 400, 400),
    Row("api-listener", "DELETE", "public", 401, 404, 204, 404),
]


def address(route: str, on: str, track: Track | None) -> str | None:
    """Return where a route of this table leads for a thing of the owner's; None for other routes.

    `track` is the owner's track of the same openness.
    """
    if route == "download-file":
        return reverse(route, args=[9_999_999_999, SIGNATURE, NOTHING, "a.zip"])
    if track is None:
        return None
    if route in {"api-track-download", "api-track-grants"}:
        return reverse(route, args=[track.pk])
    if route in {"api-release-download", "api-release-grants"}:
        return reverse(route, args=[lists.listed("release", on, track).pk])
    if route in {"grant-revoke", "api-grant"}:
        person = _somebody()
        row, _ = DownloadGrant.objects.get_or_create(track=track, person=person, what="")
        return reverse(route, args=[row.pk])
    if route in {"listener-remove", "api-listener"}:
        listed, _ = ListedListener.objects.get_or_create(owner=track.owner, person=_somebody())
        return reverse(route, args=[listed.pk if route == "listener-remove" else "listed"])
    return None


def _somebody() -> User:
    found = User.objects.filter(handle="listed").first()
    return found or UserFactory.create(handle="listed")
