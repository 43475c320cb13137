"""Where machines read, topic by topic."""

from django.urls import path  # noqa: F401 - of the topics to come

urlpatterns: list[object] = []
