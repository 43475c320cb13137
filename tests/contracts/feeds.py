"""The rows of feeds, of what search engines fetch, and of browsing."""

from django.urls import reverse

from social.models import Note
from tests.contracts import lists, named
from tests.contracts.permissions import Row
from tests.factories.notes import NoteFactory
from tests.factories.tracks import ReleaseFactory
from tracks.feeds.formats import FORMATS
from tracks.models import Label, Track
from tracks.sitemaps.selectors import FIRST, LAST

LISTED = ("release", "playlist")


def _of(route: str) -> list[Row]:
    """A feed is the same for all: nobody's rights count."""
    return [
        Row(route, "GET", "public", 200, 200, 200, 200),
        Row(route, "GET", "unlisted", 404, 404, 404, 404),
        Row(route, "GET", "private", 404, 404, 404, 404),
    ]


def _routes(kind: str) -> list[str]:
    return [f"feed-{kind}", *(f"feed-{kind}-{word}" for word in FORMATS)]


SOUND = ("feed-audio", "feed-stream")
ROWS = [
    *(Row(route, "GET", "", 200, 200, 200, 200) for route in _routes("site")),
    *(Row(route, "GET", "public", 200, 200, 200, 200) for route in _routes("person")),
    *(row for kind in (*LISTED, "artist", "tag") for route in _routes(kind) for row in _of(route)),
    *(Row(route, "GET", "public", 302, 302, 302, 302) for route in SOUND),
    *(
        Row(route, "GET", on, 404, 404, 404, 404)
        for route in SOUND
        for on in ("unlisted", "private")
    ),
    Row("feed-chapters", "GET", "public", 200, 200, 200, 200),
    Row("feed-chapters", "GET", "private", 404, 404, 404, 404),
    *(
        Row(route, "GET", "", 200, 200, 200, 200)
        for route in ("robots", "ai-txt", "tdmrep", "sitemap", "sitemap-slice")
    ),
    *(Row(route, "GET", "", 200, 200, 200, 200) for route in ("browse", "browse-labels")),
    Row("browse-pieces", "GET", "", 200, 200, 200, 200),
    Row("browse-label", "GET", "public", 200, 200, 200, 200),
]


def address(route: str, on: str, track: Track | None) -> str | None:
    """Return where a route of this table leads for the owner's track; None for other routes."""
    if route == "sitemap-slice":
        return reverse(route, args=["tracks", FIRST, LAST])
    if route == "browse-pieces":
        return reverse(route, args=["tempo", "90-110"])
    if route == "browse-label" and track:
        words = {"name": "Fields", "slug": "fields"}
        label, _ = Label.objects.get_or_create(owner=track.owner, **words)
        ReleaseFactory(owner=track.owner, label=label)
        return reverse(route, args=[label.slug])
    if not route.startswith("feed-"):
        return None
    kind = route.split("-")[1]
    if kind == "site" or track is None:
        return reverse(route)
    if kind == "chapters" and not Note.objects.filter(track=track).exists():
        NoteFactory.create(version=track.primary_version, user=track.owner)
    if kind in {"audio", "stream", "chapters"}:
        return reverse(route, args=[track.pk])
    if kind == "person":
        return reverse(route, args=[track.owner.handle])
    if kind in LISTED:
        return reverse(route, args=[lists.listed(kind, on, track).slug])
    page = named.address(kind, on, track)
    assert page
    return reverse(route, args=[page.rstrip("/").rpartition("/")[2]])
