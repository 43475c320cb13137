"""The picture or film of a track."""

from django.urls import path

from tracks.visuals import views as views_cinema

urlpatterns = [
    path("tracks/<slug:slug>/visual/", views_cinema.edit, name="track-visual"),
    path("tracks/<slug:slug>/visual/remove/", views_cinema.remove, name="track-visual-remove"),
]
