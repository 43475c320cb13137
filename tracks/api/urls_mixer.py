"""Blind tests and stems, below `/api/v1/`."""

from django.urls import path

from tracks.api import blind_tests

urlpatterns = [
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
]
