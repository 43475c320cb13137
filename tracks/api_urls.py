"""What programs ask of tracks, below `/api/v1/`."""

from django.urls import path

from tracks.blind_tests import api as blind_tests
from tracks.collections import api as collections
from tracks.playlists.api import items as playlist_items
from tracks.playlists.api import lists as playlists
from tracks.queue import api as queue
from tracks.stems import api as stems
from tracks.uploads import api as uploads
from tracks.versions.api import alignments, version, versions
from tracks.visuals import api as visuals

urlpatterns = [
    path("versions/<uuid:id>/", version.VersionView.as_view(), name="api-version"),
    path("versions/<uuid:id>/stems/", stems.StemsView.as_view(), name="api-stems"),
    path("versions/<uuid:id>/stems/<uuid:stem>/", stems.StemView.as_view(), name="api-stem"),
    path(
        "tracks/<uuid:id>/blind-tests/",
        blind_tests.TrackBlindTestsView.as_view(),
        name="api-blind-tests",
    ),
    path("blind-tests/<uuid:id>/", blind_tests.BlindTestView.as_view(), name="api-blind-test"),
    path(
        "blind-tests/<uuid:id>/answers/",
        blind_tests.AnswersView.as_view(),
        name="api-blind-test-answers",
    ),
    path("lists/<str:kind>/<path:key>/", collections.ListView.as_view(), name="api-list"),
    path("playlists/", playlists.PlaylistsView.as_view(), name="api-playlists"),
    path("playlists/<uuid:id>/", playlists.PlaylistView.as_view(), name="api-playlist"),
    path(
        "playlists/<uuid:id>/tracks/",
        playlist_items.ItemsView.as_view(),
        name="api-playlist-tracks",
    ),
    path(
        "playlists/<uuid:id>/tracks/<uuid:item>/",
        playlist_items.ItemView.as_view(),
        name="api-playlist-item",
    ),
    path(
        "playlists/<uuid:id>/import/",
        playlist_items.ImportView.as_view(),
        name="api-playlist-import",
    ),
    path("playlists/<uuid:id>/export.m3u8", playlists.M3u8View.as_view(), name="api-playlist-m3u8"),
    path("playlists/<uuid:id>/export.xspf", playlists.XspfView.as_view(), name="api-playlist-xspf"),
    path("queue/", queue.QueueView.as_view(), name="api-queue"),
    path("uploads/<uuid:id>/complete/", uploads.CompleteView.as_view(), name="api-upload-complete"),
    path("versions/<uuid:id>/visual/", visuals.VisualView.as_view(), name="api-version-visual"),
    path("versions/<uuid:id>/primary/", version.PrimaryView.as_view(), name="api-version-primary"),
    path("versions/<uuid:id>/hiding/", version.HidingView.as_view(), name="api-version-hiding"),
    path(
        "tracks/<uuid:id>/alignments/",
        alignments.TrackAlignmentsView.as_view(),
        name="api-track-alignments",
    ),
    path(
        "tracks/<uuid:id>/versions/",
        versions.TrackVersionsView.as_view(),
        name="api-track-versions",
    ),
]
