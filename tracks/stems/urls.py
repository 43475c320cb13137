"""Blind tests and stems."""

from django.urls import path

from tracks.blind_tests import views as views_blind_tests
from tracks.stems import views as views_stems

urlpatterns = [
    path("versions/<uuid:version_id>/stems/", views_stems.stems, name="stems"),
    path("stems/<uuid:stem_id>/edit/", views_stems.describe, name="stem-edit"),
    path("stems/<uuid:stem_id>/move/", views_stems.move, name="stem-move"),
    path("stems/<uuid:stem_id>/delete/", views_stems.delete, name="stem-delete"),
    path("tracks/<slug:slug>/blind-tests/", views_blind_tests.blind_tests, name="blind-tests"),
    path(
        "blind/<uuid:test>/<int:trial>/<int:expiry>/<slug:signature>/<path:path>",
        views_blind_tests.blind_media_file,
        name="blind-media",
    ),
]
