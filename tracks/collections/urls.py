"""The pages of releases and playlists: the same ones, below two words."""

from django.urls import URLPattern, path

from tracks.collections import views


def _pages(kind: str) -> list[URLPattern]:
    """Return the routes that lists of either kind have."""
    base, more = f"{kind}s/", {"kind": kind}
    return [
        path(f"{base}new/", views.create, more, name=f"{kind}-new"),
        path(f"{base}<slug:slug>/delete/", views.delete, more, name=f"{kind}-delete"),
        path(f"{base}<slug:slug>/tracks/", views.add, more, name=f"{kind}-add"),
    ]


def _of_playlists() -> list[URLPattern]:
    """Return the routes of playlists alone; a release has its own (`tracks.releases`)."""
    base = "playlists/<slug:slug>/"
    item = f"{base}tracks/<uuid:item>/"
    return [
        path("p/<str:token>/", views.by_token, name="playlist-unlisted"),
        path(base, views.detail, name="playlist-detail"),
        path(f"{base}edit/", views.edit, name="playlist-edit"),
        path(f"{item}move/", views.move, name="playlist-move"),
        path(f"{item}remove/", views.remove, name="playlist-remove"),
    ]


urlpatterns = [
    *_pages("release"),
    *_pages("playlist"),
    *_of_playlists(),
    path("tracks/<slug:slug>/collect/", views.collect, name="track-collect"),
]
