"""The pages of tracks, topic by topic; the catalogue's stand first of all (config.urls)."""

from django.urls import include, path

TOPICS = (
    *("processing", "stems", "blind_tests", "collections", "playlists", "releases", "labels"),
    *("covers", "embed", "versions", "visuals", "search", "demo", "docs", "uploads", "deleted"),
    *("credits", "tags", "music_facts", "downloads", "alike", "feeds", "sitemaps", "browse"),
)

urlpatterns = [path("", include(f"tracks.{topic}.urls")) for topic in TOPICS]
