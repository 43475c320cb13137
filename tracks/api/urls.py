"""Versions, and the end of an upload, below `/api/v1/`."""

from django.urls import path

from tracks.api import completion, lists, queue, versions

urlpatterns = [
    path("lists/<str:kind>/<path:key>/", lists.ListView.as_view(), name="api-list"),
    path("queue/", queue.QueueView.as_view(), name="api-queue"),
    path(
        "uploads/<uuid:id>/complete/",
        completion.CompleteView.as_view(),
        name="api-upload-complete",
    ),
    path("versions/<uuid:id>/", versions.VersionView.as_view(), name="api-version"),
]
