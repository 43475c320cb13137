"""The first page, and the page of each track."""

from django.urls import path

from tracks.catalogue import views

urlpatterns = [
    path("", views.home, name="home"),
    path("t/<str:token>/", views.by_token, name="track-unlisted"),
    path("tracks/<slug:slug>/", views.detail, name="track-detail"),
    path("tracks/<slug:slug>/listener/", views.as_listener, name="track-as-listener"),
    path("tracks/<slug:slug>/edit/", views.edit, name="track-edit"),
    path("tracks/<slug:slug>/delete/", views.delete, name="track-delete"),
]
