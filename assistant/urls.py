"""Where machines read, topic by topic."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("assistant.consent.urls")),
    path("", include("assistant.suggestions.urls")),
    path("", include("assistant.transcripts.urls")),
]
