"""Blind tests and stems."""

from django.urls import path

from tracks import views_blind_tests

urlpatterns = [
    path("tracks/<slug:slug>/blind-tests/", views_blind_tests.blind_tests, name="blind-tests"),
    path(
        "blind/<uuid:test>/<int:trial>/<int:expiry>/<slug:signature>/<path:path>",
        views_blind_tests.blind_media_file,
        name="blind-media",
    ),
]
