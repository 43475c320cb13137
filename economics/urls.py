"""Money, topic by topic."""

from django.urls import include, path

TOPICS = ("sales",)

urlpatterns = [path("", include(f"economics.{topic}.urls")) for topic in TOPICS]
