"""People, notes and reviews, topic by topic."""

from django.urls import include, path

TOPICS = ("review", "signoff", "notes", "notifications", "profiles", "exports", "departure")

urlpatterns = [path("", include(f"social.{topic}.urls")) for topic in TOPICS]
