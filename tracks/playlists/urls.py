"""The pages of playlists beyond those that every list has (`tracks.collections`)."""

from django.urls import path

from tracks.playlists.views import smart

urlpatterns = [
    path("playlists/new/smart/", smart.new, name="playlist-smart"),
    path("playlists/new/smart/preview/", smart.preview, name="playlist-smart-preview"),
    path("playlists/<slug:slug>/rules/", smart.edit, name="playlist-rules"),
]
