"""The rows of what is said of a track, of what is deleted, and of pieces whose hour is to come."""

from typing import Any

from django.urls import reverse

from tests.contracts.permissions import Row
from tracks.models import Revision, Track

FIELD = {"title": "New"}
TOGETHER = {"deed": "visibility", "visibility-to": "private"}

ROWS = [
    Row("track-detail", "GET", "scheduled", 404, 404, 200, 404),
    Row("track-edit", "GET", "scheduled", 302, 404, 200, 404),
    Row("track-notes", "GET", "scheduled", 404, 404, 200, 404),
    Row("track-comparison", "GET", "scheduled", 404, 404, 200, 404),
    Row("api-list", "GET", "scheduled", 404, 404, 200, 404),
    Row("api-version", "GET", "scheduled", 404, 404, 200, 404),
    Row("embed-track", "GET", "scheduled", 404, 404, 404, 404),
    Row("track-edit-field", "GET", "public", 302, 404, 200, 404),
    Row("track-edit-field", "GET", "private", 302, 404, 200, 404),
    Row("track-edit-field", "POST", "public", 302, 404, 302, 404, FIELD),
    Row("track-edit-field", "POST", "unlisted", 302, 404, 302, 404, FIELD),
    Row("track-publish", "GET", "public", 302, 404, 200, 404),
    Row("track-publish", "GET", "scheduled", 302, 404, 200, 404),
    Row("track-publish", "POST", "private", 302, 404, 302, 404, {"when": "now"}),
    Row("track-publish", "POST", "unlisted", 302, 404, 302, 404, {"when": "private"}),
    Row("track-publish", "POST", "deleted", 302, 404, 404, 404, {"when": "now"}),
    Row("track-history", "GET", "public", 302, 404, 200, 404),
    Row("track-history", "GET", "private", 302, 404, 200, 404),
    Row("track-history-undo", "POST", "public", 302, 404, 302, 404),
    Row("track-machines", "GET", "public", 302, 404, 200, 404),
    Row("track-machines", "GET", "unlisted", 302, 404, 200, 404),
    Row("track-machines", "POST", "private", 302, 404, 302, 404, {"where": "nowhere"}),
    Row("api-track-consent", "GET", "public", 401, 404, 200, 404),
    Row("api-track-consent", "GET", "unlisted", 401, 404, 200, 404),
    Row("api-track-consent", "PATCH", "private", 401, 404, 415, 404, {"where": "nowhere"}),
    Row("track-machines", "POST", "deleted", 302, 404, 404, 404, {"where": "nowhere"}),
    Row("api-track-consent", "PATCH", "deleted", 401, 404, 404, 404, {"where": "nowhere"}),
    Row("markdown-preview", "POST", "", 302, 200, 200, 200),
    Row("my-uploads-together", "POST", "", 302, 302, 302, 302, TOGETHER),
    Row("api-track", "GET", "public", 200, 200, 200, 200),
    Row("api-track", "GET", "unlisted", 404, 404, 200, 404),
    Row("api-track", "GET", "private", 404, 404, 200, 404),
    Row("api-track", "GET", "scheduled", 404, 404, 200, 404),
    Row("api-track", "PATCH", "public", 401, 404, 415, 404, FIELD),
    Row("api-track", "PATCH", "private", 401, 404, 415, 404, FIELD),
    Row("api-track", "DELETE", "public", 401, 404, 204, 404),
    Row("api-track", "DELETE", "private", 401, 404, 204, 404),
    Row("api-track-restore", "POST", "public", 401, 404, 404, 404),
    Row("deleted", "GET", "", 302, 200, 200, 200),
    Row("deleted-restore-many", "POST", "", 302, 302, 302, 302),
    Row("track-detail", "GET", "deleted", 404, 404, 404, 404),
    Row("track-as-listener", "GET", "deleted", 302, 404, 404, 404),
    Row("track-edit", "GET", "deleted", 302, 404, 404, 404),
    Row("track-edit", "POST", "deleted", 302, 404, 404, 404, FIELD),
    Row("track-edit-field", "POST", "deleted", 302, 404, 404, 404, FIELD),
    Row("track-history", "GET", "deleted", 302, 404, 404, 404),
    Row("track-delete", "POST", "deleted", 302, 404, 404, 404),
    Row("api-track", "GET", "deleted", 404, 404, 404, 404),
    Row("api-track", "PATCH", "deleted", 401, 404, 404, 404, FIELD),
    Row("api-track", "DELETE", "deleted", 401, 404, 404, 404),
    Row("api-track-restore", "POST", "deleted", 401, 404, 200, 404),
    Row("deleted-restore", "POST", "deleted", 302, 404, 302, 404),
    Row("deleted-remove", "GET", "deleted", 302, 404, 200, 404),
    Row("deleted-remove", "POST", "deleted", 302, 404, 302, 404),
    Row("deleted-restore", "POST", "public", 302, 404, 404, 404),
    Row("deleted-remove", "POST", "private", 302, 404, 404, 404),
]


def address(route: str, _on: str, track: Track | None) -> str | None:
    """Return where a route of this table leads for a track of the owner's; None for others."""
    if track is None:
        return None
    match route:
        case "track-edit-field":
            return reverse(route, args=[track.slug, "title"])
        case "track-history-undo":
            return reverse(route, args=[track.slug, _revision(track).pk])
        case "track-machines":
            return reverse(route, args=[track.slug])
        case "api-track" | "api-track-restore" | "api-track-consent":
            return reverse(route, args=[track.pk])
        case "deleted-restore" | "deleted-remove":
            return reverse(route, args=["track", track.pk])
    return None


def _revision(track: Track) -> Any:
    """Return a save of the track's owner."""
    words: dict[str, Any] = {"before": {"language": "de"}, "after": {"language": ""}}
    return Revision.objects.filter(track=track).first() or Revision.objects.create(
        track=track, by=track.owner, **words
    )
