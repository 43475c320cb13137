"""The pages of tracks, topic by topic."""

from django.urls import include, path

TOPICS = (
    *("processing", "stems", "blind_tests", "collections", "embed", "versions", "visuals"),
    *("search", "demo", "docs", "uploads", "catalogue"),
)

urlpatterns = [path("", include(f"tracks.{topic}.urls")) for topic in TOPICS]
