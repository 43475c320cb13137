"""Tracks, installed."""

from django.apps import AppConfig


class TracksConfig(AppConfig):
    name = "tracks"

    def ready(self) -> None:
        """Say what there is to do, and listen to what the machine has done."""
        from media_pipeline.jobs.services.schedules import register_round
        from tracks import events, kept
        from tracks.alike import kinds as alike
        from tracks.alike import receivers as described  # noqa: F401
        from tracks.blind_tests import archive as of_blind_tests
        from tracks.browse import entries as browse
        from tracks.catalogue import archive as of_tracks
        from tracks.catalogue import deeds as deeds_on_tracks
        from tracks.catalogue import documents as of_catalogue
        from tracks.catalogue import receivers as catalogue  # noqa: F401
        from tracks.collections import archive as of_collections
        from tracks.collections import deeds as deeds_on_releases
        from tracks.collections import documents as collections
        from tracks.covers import archive as of_covers
        from tracks.credits import archive as of_credits
        from tracks.credits import deeds as deeds_of_credits
        from tracks.credits import documents as credits
        from tracks.credits import entries as played_of_names
        from tracks.criteria import fields as criteria
        from tracks.deleted import deeds as deeds_of_deletion
        from tracks.demo import kinds as demo
        from tracks.downloads import archive as of_downloads
        from tracks.downloads import kinds as downloads
        from tracks.downloads import receivers as given_away  # noqa: F401
        from tracks.labels import archive as of_labels
        from tracks.labels import documents as labels
        from tracks.music_facts import archive as of_music
        from tracks.music_facts import kinds as music_facts
        from tracks.music_facts import receivers as measured  # noqa: F401
        from tracks.processing import receivers  # noqa: F401
        from tracks.processing.services import settle_all
        from tracks.queue import archive as of_queue
        from tracks.releases import kinds as releases
        from tracks.releases import receivers as drafted  # noqa: F401
        from tracks.search import facets
        from tracks.search import kinds as indexed
        from tracks.stems import archive as of_stems
        from tracks.tags import archive as of_tags
        from tracks.tags import deeds as deeds_of_tags
        from tracks.tags import documents as tags
        from tracks.tags import kinds as counted
        from tracks.tags import receivers as tagged  # noqa: F401
        from tracks.uploads import references  # noqa: F401
        from tracks.versions import archive as of_versions
        from tracks.versions import kinds as versions
        from tracks.versions import receivers as aligned  # noqa: F401
        from tracks.visibility import kinds as visibility
        from tracks.visuals import archive as of_visuals

        events.register_all()
        criteria.register_all()
        demo.register_all()
        facets.register_all()
        indexed.register_all()
        of_catalogue.register_all()
        collections.register_all()
        browse.register_all()
        credits.register_all()
        played_of_names.register_all()
        tags.register_all()
        counted.register_all()
        music_facts.register_all()
        alike.register_all()
        labels.register_all()
        releases.register_all()
        versions.register_all()
        visibility.register_all()
        downloads.register_all()
        kept.register_all()
        describing = (deeds_on_tracks, deeds_of_tags, deeds_of_credits)
        for deeds in (*describing, deeds_on_releases, deeds_of_deletion):
            deeds.register_all()
        # In the order in which a person reads of them.
        music = (of_tracks, of_versions, of_stems, of_visuals)
        lists = (of_collections, of_labels, of_covers)
        said = (of_credits, of_tags, of_music)
        for section in (*music, *lists, *said, of_downloads, of_blind_tests, of_queue):
            section.register_all()
        register_round(
            "settle-versions", settle_all, "Brings versions in line with their jobs", every=120
        )
