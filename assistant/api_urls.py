"""Where machines read, below `/api/v1/`."""

from django.urls import URLPattern, URLResolver, path

from assistant.consent import api as consent
from assistant.suggestions import api as suggestions
from assistant.transcripts import api as transcripts

urlpatterns: list[URLPattern | URLResolver] = [
    path("tracks/<uuid:id>/consent/", consent.ConsentView.as_view(), name="api-track-consent"),
    path(
        "tracks/<uuid:id>/suggestions/",
        suggestions.SuggestionsView.as_view(),
        name="api-track-suggestions",
    ),
    path(
        "suggestions/<uuid:id>/accept/",
        suggestions.AcceptView.as_view(),
        name="api-suggestion-accept",
    ),
    path(
        "suggestions/<uuid:id>/dismiss/",
        suggestions.DismissView.as_view(),
        name="api-suggestion-dismiss",
    ),
    path(
        "tracks/<uuid:id>/transcript/",
        transcripts.TranscriptView.as_view(),
        name="api-track-transcript",
    ),
    path(
        "tracks/<uuid:id>/transcript.<slug:ending>",
        transcripts.TranscriptFileView.as_view(),
        name="api-track-transcript-file",
    ),
]
