"""Money, topic by topic."""

from django.urls import include, path

TOPICS = ("hooks",)

urlpatterns = [path("", include(f"economics.{topic}.urls")) for topic in TOPICS]
