"""Tracks, installed."""

from django.apps import AppConfig


class TracksConfig(AppConfig):
    name = "tracks"

    def ready(self) -> None:
        from tracks.processing import receivers  # noqa: F401
        from tracks.uploads import references  # noqa: F401
