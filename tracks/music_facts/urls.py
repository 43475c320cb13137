"""The page of tempo and key."""

from django.urls import path

from tracks.music_facts import views

urlpatterns = [path("tracks/<slug:slug>/music/", views.edit, name="track-music")]
