"""The pages of playlists beyond those that every list has (`tracks.collections`)."""

from django.urls import path

from tracks.playlists.presenters import FORMATS
from tracks.playlists.views import files, people, smart

urlpatterns = [
    path("playlists/new/import/", files.bring, name="playlist-import"),
    *(
        path(
            f"lists/<str:kind>/<path:key>/export.{form}",
            files.export,
            {"form": form},
            name=f"list-export-{form}",
        )
        for form in FORMATS
    ),
    path("playlists/new/smart/", smart.new, name="playlist-smart"),
    path("playlists/new/smart/preview/", smart.preview, name="playlist-smart-preview"),
    path("playlists/<slug:slug>/people/", people.manage, name="playlist-people"),
    path("playlists/<slug:slug>/together/", people.together, name="playlist-together"),
    path("join/<str:token>/", people.join, name="playlist-join"),
    path("playlists/<slug:slug>/rules/", smart.edit, name="playlist-rules"),
]
