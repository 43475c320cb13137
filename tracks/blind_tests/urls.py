"""Blind tests, and the sound they hide."""

from django.urls import path

from tracks.blind_tests import views

urlpatterns = [
    path("tracks/<slug:slug>/blind-tests/", views.blind_tests, name="blind-tests"),
    path(
        "blind/<uuid:test>/<int:trial>/<int:expiry>/<slug:signature>/<path:path>",
        views.blind_media_file,
        name="blind-media",
    ),
]
