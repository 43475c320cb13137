"""Tracks, installed."""

from django.apps import AppConfig


class TracksConfig(AppConfig):
    name = "tracks"

    def ready(self) -> None:
        """Say what there is to do, and listen to what the machine has done."""
        from media_pipeline.jobs.services.schedules import register_round
        from tracks import events, kept
        from tracks.blind_tests import archive as of_blind_tests
        from tracks.catalogue import archive as of_tracks
        from tracks.catalogue import receivers as catalogue  # noqa: F401
        from tracks.collections import archive as of_collections
        from tracks.collections import documents as collections
        from tracks.criteria import fields as criteria
        from tracks.demo import kinds as demo
        from tracks.processing import receivers  # noqa: F401
        from tracks.processing.services import settle_all
        from tracks.queue import archive as of_queue
        from tracks.stems import archive as of_stems
        from tracks.uploads import references  # noqa: F401
        from tracks.versions import archive as of_versions
        from tracks.versions import kinds as versions
        from tracks.versions import receivers as aligned  # noqa: F401
        from tracks.visibility import kinds as visibility
        from tracks.visuals import archive as of_visuals

        events.register_all()
        criteria.register_all()
        demo.register_all()
        collections.register_all()
        versions.register_all()
        visibility.register_all()
        kept.register_all()
        # In the order in which a person reads of them.
        music = (of_tracks, of_versions, of_stems, of_visuals)
        for section in (*music, of_collections, of_blind_tests, of_queue):
            section.register_all()
        register_round(
            "settle-versions", settle_all, "Brings versions in line with their jobs", every=120
        )
