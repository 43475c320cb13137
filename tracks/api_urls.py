"""Versions, and the end of an upload, below `/api/v1/`."""

from django.urls import include, path

from tracks.collections import api as lists
from tracks.queue import api as queue
from tracks.uploads import api as completion
from tracks.versions.api import version as versions
from tracks.versions.api import versions as track_versions
from tracks.visuals import api as visuals

urlpatterns = [
    path("", include("tracks.stems.api_urls")),
    path("lists/<str:kind>/<path:key>/", lists.ListView.as_view(), name="api-list"),
    path("queue/", queue.QueueView.as_view(), name="api-queue"),
    path(
        "uploads/<uuid:id>/complete/",
        completion.CompleteView.as_view(),
        name="api-upload-complete",
    ),
    path("versions/<uuid:id>/", versions.VersionView.as_view(), name="api-version"),
    path("versions/<uuid:id>/visual/", visuals.VisualView.as_view(), name="api-version-visual"),
    path("versions/<uuid:id>/primary/", versions.PrimaryView.as_view(), name="api-version-primary"),
    path("versions/<uuid:id>/hiding/", versions.HidingView.as_view(), name="api-version-hiding"),
    path(
        "tracks/<uuid:id>/versions/",
        track_versions.TrackVersionsView.as_view(),
        name="api-track-versions",
    ),
]
