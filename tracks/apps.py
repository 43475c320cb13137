"""Tracks, installed."""

from django.apps import AppConfig


class TracksConfig(AppConfig):
    name = "tracks"

    def ready(self) -> None:
        from tracks import receivers, uses  # noqa: F401
