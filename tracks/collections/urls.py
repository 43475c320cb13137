"""The pages of releases and playlists: the same ones, below two words."""

from typing import Any

from django.urls import URLPattern, path

from tracks.collections import views


def _pages(kind: str, letter: str, item: str) -> list[URLPattern]:
    """Return the routes of one kind; `item` is how a place in its list is named."""
    base, more = f"{kind}s/", {"kind": kind}

    def page(address: str, view: Any, name: str) -> URLPattern:
        pattern: URLPattern = path(address, view, more, name=f"{kind}-{name}")
        return pattern

    return [
        page(f"{base}new/", views.create, "new"),
        page(f"{letter}/<str:token>/", views.by_token, "unlisted"),
        page(f"{base}<slug:slug>/", views.detail, "detail"),
        page(f"{base}<slug:slug>/edit/", views.edit, "edit"),
        page(f"{base}<slug:slug>/delete/", views.delete, "delete"),
        page(f"{base}<slug:slug>/tracks/", views.add, "add"),
        page(f"{base}<slug:slug>/tracks/{item}/move/", views.move, "move"),
        page(f"{base}<slug:slug>/tracks/{item}/remove/", views.remove, "remove"),
    ]


urlpatterns = [
    *_pages("release", "rel", "<int:item>"),
    *_pages("playlist", "p", "<uuid:item>"),
    path("tracks/<slug:slug>/collect/", views.collect, name="track-collect"),
]
