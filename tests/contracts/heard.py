"""The rows of what is said and sung in pieces."""

from django.urls import reverse

from assistant.models import Transcript
from tests.contracts.permissions import Row
from tests.factories.assistant import transcribe
from tracks.models import Track

FILE = "api-track-transcript-file"
ROWS = [
    *(
        row
        for route in ("track-transcript", "api-track-transcript", FILE)
        for row in (
            Row(route, "GET", "public", 200, 200, 200, 200),
            Row(route, "GET", "unlisted", 404, 404, 200, 404),
            Row(route, "GET", "private", 404, 404, 200, 404),
            Row(route, "GET", "scheduled", 404, 404, 200, 404),
            Row(route, "GET", "deleted", 404, 404, 404, 404),
        )
    ),
    Row("api-track-transcript", "PATCH", "public", 401, 404, 400, 404),
    Row("api-track-transcript", "PATCH", "private", 401, 404, 400, 404),
    Row("api-track-transcript", "PATCH", "deleted", 401, 404, 404, 404),
    Row("track-transcript-state", "GET", "public", 302, 404, 200, 404),
    Row("track-transcript-edit", "GET", "public", 302, 404, 200, 404),
    Row("track-transcript-edit", "GET", "deleted", 302, 404, 404, 404),
    Row("track-transcript-edit", "POST", "public", 302, 404, 302, 404, {"revision": "0"}),
    Row("track-transcript-edit", "POST", "deleted", 302, 404, 404, 404, {"revision": "0"}),
    Row("track-transcript-act", "POST", "public", 302, 404, 302, 404, {"do": "never"}),
    Row("track-transcript-speaker", "POST", "public", 302, 404, 302, 404, {"revision": "0"}),
    Row("track-transcript-import", "POST", "public", 302, 404, 422, 404),
]


def address(route: str, _on: str, track: Track | None) -> str | None:
    """Return where a route of this table leads; None for other routes."""
    if track is None or "-transcript" not in route:
        return None
    version = track.primary_version
    if version and not Transcript.objects.filter(version=version).exists():
        transcribe(version)
    return reverse(route, args=[track.pk, "vtt"] if route == FILE else [track.pk])
