"""The rows of what releases, labels and covers have beside other lists."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from tests.contracts.permissions import Row
from tests.factories.tracks import ReleaseFactory
from tracks.models import Label, Release, ReleaseTrack, Track

LABEL_FORM = {"name": "New", "description_md": "", "link": ""}
ROWS = [
    # Before its hour a release is a countdown to others.
    Row("release-detail", "GET", "scheduled", 200, 200, 200, 200),
    Row("release-unlisted", "GET", "scheduled", 404, 404, 404, 404),
    Row("release-edit", "GET", "scheduled", 302, 404, 200, 404),
    Row("embed-release", "GET", "scheduled", 404, 404, 404, 404),
    Row("release-publish", "POST", "public", 302, 404, 302, 404, {"when": "private"}),
    Row("release-publish", "POST", "scheduled", 302, 404, 302, 404, {"when": "now"}),
    Row("release-disc", "POST", "public", 302, 404, 302, 404),
    Row("release-rename", "POST", "public", 302, 404, 302, 404, {"title": "New"}),
    Row("cover-change", "POST", "public", 302, 404, 302, 404, {"what": "remove"}),
    Row("label", "GET", "public", 200, 200, 200, 200),
    Row("label-edit", "GET", "public", 302, 404, 200, 404),
    Row("label-edit", "POST", "public", 302, 404, 302, 404, LABEL_FORM),
    Row("label-delete", "POST", "public", 302, 404, 302, 404),
    Row("api-releases", "GET", "", 200, 200, 200, 200),
    Row("api-releases", "POST", "", 401, 400, 400, 400),
    Row("api-release", "GET", "public", 200, 200, 200, 200),
    Row("api-release", "GET", "unlisted", 404, 404, 200, 404),
    Row("api-release", "GET", "private", 404, 404, 200, 404),
    Row("api-release", "GET", "scheduled", 404, 404, 200, 404),
    Row("api-release", "PATCH", "public", 401, 404, 200, 404),
    Row("api-release", "PATCH", "scheduled", 401, 404, 200, 404),
    Row("api-release", "DELETE", "public", 401, 404, 204, 404),
    Row("api-release-tracks", "PUT", "public", 401, 404, 400, 404),
    Row("api-release-tracks", "POST", "public", 401, 404, 400, 404),
    Row("api-release-cover", "PUT", "public", 401, 404, 400, 404),
    Row("api-release-cover", "PATCH", "public", 401, 404, 404, 404),
    Row("api-release-cover", "DELETE", "public", 401, 404, 204, 404),
    Row("api-track-cover", "PUT", "public", 401, 404, 400, 404),
    Row("api-track-cover", "PATCH", "public", 401, 404, 404, 404),
    Row("api-track-cover", "DELETE", "public", 401, 404, 204, 404),
    Row("api-labels", "GET", "", 401, 200, 200, 200),
    Row("api-label", "GET", "public", 200, 200, 200, 200),
    Row("api-label", "PUT", "public", 401, 404, 400, 404),
    Row("api-label", "DELETE", "public", 401, 404, 204, 404),
]
BY_ID = {"api-release", "api-release-tracks", "api-release-cover"}
BY_PLACE = {"release-disc", "release-rename"}


def address(route: str, on: str, tracks: dict[str, Track]) -> str | None:
    """Return where a route of this table leads; None for a row that stands elsewhere."""
    if route in {"api-releases", "api-labels"}:
        return reverse(route)
    if route == "api-track-cover":
        return reverse(route, args=[tracks[on].pk])
    if route in {"label", "label-edit", "label-delete", "api-label"}:
        label, _ = Label.objects.get_or_create(
            owner=tracks["public"].owner, defaults={"name": "Fields", "slug": "fields"}
        )
        Release.objects.filter(pk=_release("public", tracks).pk).update(label=label)
        return reverse(route, args=[label.pk if route == "api-label" else label.slug])
    ours = route in {*BY_ID, *BY_PLACE, "release-publish", "cover-change"}
    if not (ours or (on == "scheduled" and "release" in route)):
        return None
    found = _release(on, tracks)
    if route in BY_ID or route.startswith("embed-"):
        return reverse(route, args=[found.pk])
    if route == "cover-change":
        return reverse(route, args=["release", found.pk])
    if route == "release-unlisted":
        return reverse(route, args=[found.token])
    if route in BY_PLACE:
        return reverse(route, args=[found.slug, found.items.get().pk])
    return reverse(route, args=[found.slug])


def _release(on: str, tracks: dict[str, Track]) -> Any:
    """Return the owner's release of this openness, with a track on it."""
    track = tracks["private" if on == "scheduled" else on]
    words: dict[str, Any] = {"owner": track.owner, "visibility": on, "title": f"Row {on}"}
    if on == "scheduled":
        words |= {"visibility": "public", "release_at": timezone.now() + timedelta(days=3)}
    if found := Release.objects.filter(owner=track.owner, title=words["title"]).first():
        return found
    made: Any = ReleaseFactory(**words)
    ReleaseTrack.objects.create(release=made, track=track, position=1)
    return made
