"""Where machines read, below `/api/v1/`."""

from django.urls import path

from assistant.transcripts import api as transcripts

urlpatterns = [
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
