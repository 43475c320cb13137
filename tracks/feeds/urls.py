"""The addresses of feeds: a page for people, and below it a file for each format."""

from django.urls import URLPattern, path

from tracks.feeds import views
from tracks.feeds.formats import FORMATS

BELOW = {
    "site": "",
    "person": "people/<str:slug>/",
    "artist": "artists/<slug:slug>/",
    "release": "releases/<slug:slug>/",
    "playlist": "playlists/<slug:slug>/",
    "tag": "tags/<slug:slug>/",
}


def _of(kind: str, below: str) -> list[URLPattern]:
    base, more = f"feeds/{below}", {"kind": kind}
    files = [
        path(
            f"{base}{form.file}", views.feed, more | {"word": form.word}, name=f"feed-{kind}-{word}"
        )
        for word, form in FORMATS.items()
    ]
    return [path(base, views.page, more, name=f"feed-{kind}"), *files]


urlpatterns = [
    *(route for kind, below in BELOW.items() for route in _of(kind, below)),
    path("feeds/tracks/<uuid:id>/audio.mp3", views.audio, name="feed-audio"),
    path("feeds/tracks/<uuid:id>/stream.m3u8", views.stream, name="feed-stream"),
    path("feeds/tracks/<uuid:id>/chapters.json", views.chapters, name="feed-chapters"),
]
