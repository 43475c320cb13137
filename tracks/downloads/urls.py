"""Where something is taken, and where its owner decides who may."""

from typing import Any

from django.urls import URLPattern, path

from tracks.downloads import views


def _pages(kind: str) -> list[URLPattern]:
    base, more = f"{kind}s/<slug:slug>/", {"kind": kind}

    def page(address: str, view: Any, name: str) -> URLPattern:
        pattern: URLPattern = path(f"{base}{address}", view, more, name=f"{kind}-{name}")
        return pattern

    return [
        page("download/", views.take, "download"),
        page("downloads/", views.settings, "downloads"),
        page("downloads/grants/", views.grant, "grant"),
    ]


urlpatterns = [
    path(
        "d/<int:expiry>/<slug:signature>/<uuid:download>/<path:filename>",
        views.file,
        name="download-file",
    ),
    *_pages("track"),
    *_pages("release"),
    path("downloads/grants/<uuid:grant_id>/revoke/", views.revoke, name="grant-revoke"),
    path("downloads/", views.mine, name="my-downloads"),
    path("listeners/", views.listeners, name="listeners"),
    path("listeners/<uuid:listener_id>/remove/", views.unlist, name="listener-remove"),
]
