"""Tracks, installed."""

from django.apps import AppConfig


class TracksConfig(AppConfig):
    name = "tracks"

    def ready(self) -> None:
        """Say what there is to do, and listen to what the machine has done."""
        from media_pipeline.jobs.services.schedules import register_round
        from tracks import events
        from tracks.demo import kinds as demo
        from tracks.processing import receivers  # noqa: F401
        from tracks.processing.services import settle_all
        from tracks.uploads import references  # noqa: F401
        from tracks.visibility import kinds as visibility

        events.register_all()
        demo.register_all()
        visibility.register_all()
        register_round(
            "settle-versions", settle_all, "Brings versions in line with their jobs", every=60
        )
