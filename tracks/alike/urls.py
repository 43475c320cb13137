"""The pages of what sounds alike."""

from django.urls import path

from tracks.alike import views

urlpatterns = [
    path("tracks/<slug:slug>/similar/", views.similar, name="track-similar"),
    path("t/<str:token>/similar/", views.similar_by_token, name="track-similar-unlisted"),
    path("tracks/<slug:slug>/path/", views.path, name="track-path"),
]
