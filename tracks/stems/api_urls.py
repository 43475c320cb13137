"""Blind tests and stems, below `/api/v1/`."""

from django.urls import path

from tracks.blind_tests import api as blind_tests
from tracks.stems import api as stems

urlpatterns = [
    path("versions/<uuid:id>/stems/", stems.StemsView.as_view(), name="api-stems"),
    path("versions/<uuid:id>/stems/<uuid:stem>/", stems.StemView.as_view(), name="api-stem"),
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
