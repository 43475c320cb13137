"""What programs ask of tracks, below `/api/v1/`."""

from django.urls import path

from tracks.alike import api as alike
from tracks.blind_tests import api as blind_tests
from tracks.collections import api as collections
from tracks.covers import api as covers
from tracks.credits import api as credits
from tracks.deleted import api as deleted
from tracks.describing import api as describing
from tracks.downloads.api import people as letting
from tracks.downloads.api import taking
from tracks.labels import api as labels
from tracks.music_facts import api as music_facts
from tracks.playlists.api import items as playlist_items
from tracks.playlists.api import lists as playlists
from tracks.queue import api as queue
from tracks.releases import api as releases
from tracks.search import api as search
from tracks.stems import api as stems
from tracks.tags import api as tags
from tracks.uploads import api as uploads
from tracks.versions.api import alignments, version, versions
from tracks.visuals import api as visuals

urlpatterns = [
    path("tracks/<uuid:id>/", describing.TrackView.as_view(), name="api-track"),
    path("tracks/<uuid:id>/restore/", deleted.TrackRestoreView.as_view(), name="api-track-restore"),
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
    path("tracks/<uuid:id>/credits/", credits.CreditsView.as_view(), name="api-track-credits"),
    path(
        "releases/<uuid:id>/credits/",
        credits.ReleaseCreditsView.as_view(),
        name="api-release-credits",
    ),
    path("tracks/<uuid:id>/tags/", tags.TrackTagsView.as_view(), name="api-track-tags"),
    path("tracks/<uuid:id>/music/", music_facts.MusicView.as_view(), name="api-track-music"),
    path("search/", search.SearchView.as_view(), name="api-search"),
    path("search/counts/", search.CountsView.as_view(), name="api-search-counts"),
    path("suggest/", search.SuggestView.as_view(), name="api-suggest"),
    path("tracks/<uuid:id>/similar/", alike.SimilarView.as_view(), name="api-track-similar"),
    path("tracks/<uuid:id>/path/", alike.PathView.as_view(), name="api-track-path"),
    path("tags/", tags.TagsView.as_view(), name="api-tags"),
    path("artists/<slug:slug>/", credits.ArtistView.as_view(), name="api-artist"),
    path("names/", credits.NamesView.as_view(), name="api-names"),
    path("releases/", releases.ReleasesView.as_view(), name="api-releases"),
    path("releases/<uuid:id>/", releases.ReleaseView.as_view(), name="api-release"),
    path(
        "releases/<uuid:id>/tracks/",
        releases.ReleaseTracksView.as_view(),
        name="api-release-tracks",
    ),
    path("releases/<uuid:id>/cover/", covers.ReleaseCoverView.as_view(), name="api-release-cover"),
    path("tracks/<uuid:id>/cover/", covers.TrackCoverView.as_view(), name="api-track-cover"),
    path("labels/", labels.LabelsView.as_view(), name="api-labels"),
    path("labels/<uuid:id>/", labels.LabelView.as_view(), name="api-label"),
    path(
        "tracks/<uuid:id>/download/",
        taking.TrackDownloadView.as_view(),
        name="api-track-download",
    ),
    path(
        "releases/<uuid:id>/download/",
        taking.ReleaseDownloadView.as_view(),
        name="api-release-download",
    ),
    path("tracks/<uuid:id>/grants/", letting.TrackGrantsView.as_view(), name="api-track-grants"),
    path(
        "releases/<uuid:id>/grants/",
        letting.ReleaseGrantsView.as_view(),
        name="api-release-grants",
    ),
    path("grants/<uuid:id>/", letting.GrantView.as_view(), name="api-grant"),
    path("me/downloads/", taking.OwnDownloadsView.as_view(), name="api-my-downloads"),
    path("me/listeners/", letting.ListenersView.as_view(), name="api-listeners"),
    path("me/listeners/<str:handle>/", letting.ListenerView.as_view(), name="api-listener"),
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
