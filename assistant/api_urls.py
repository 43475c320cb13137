"""Where machines read, below `/api/v1/`."""

from django.urls import path  # noqa: F401 - of the topics to come

urlpatterns: list[object] = []
