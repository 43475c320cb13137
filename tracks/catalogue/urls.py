"""The first page, and the page of each track."""

from django.urls import path

from tracks.catalogue.views import editing, pages, publishing

urlpatterns = [
    path("", pages.home, name="home"),
    path("t/<str:token>/", pages.by_token, name="track-unlisted"),
    path("tracks/<slug:slug>/", pages.detail, name="track-detail"),
    path("tracks/<slug:slug>/listener/", pages.as_listener, name="track-as-listener"),
    path("tracks/<slug:slug>/edit/", editing.edit, name="track-edit"),
    path("tracks/<slug:slug>/edit/<str:field>/", editing.edit_field, name="track-edit-field"),
    path("tracks/<slug:slug>/publish/", publishing.publish, name="track-publish"),
    path("tracks/<slug:slug>/history/", editing.history, name="track-history"),
    path(
        "tracks/<slug:slug>/history/<uuid:revision>/undo/", editing.undo, name="track-history-undo"
    ),
    path("tracks/<slug:slug>/delete/", editing.delete, name="track-delete"),
    path("my/preview/", editing.preview, name="markdown-preview"),
]
