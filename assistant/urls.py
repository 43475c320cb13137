"""Where machines read, topic by topic."""

from django.urls import include, path

urlpatterns = [
    path("", include("assistant.transcripts.urls")),
]
