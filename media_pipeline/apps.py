"""The machine, installed."""

from django.apps import AppConfig


class MediaPipelineConfig(AppConfig):
    name = "media_pipeline"
    verbose_name = "Media pipeline"

    def ready(self) -> None:
        """Say what there is to do with files, and what comes round."""
        from media_pipeline import kept
        from media_pipeline.audit import kinds as audit
        from media_pipeline.backups import kinds as backups
        from media_pipeline.events import kinds as events
        from media_pipeline.jobs import rounds
        from media_pipeline.processing import kinds
        from media_pipeline.retention import kinds as retention
        from media_pipeline.retention import rounds as retention_rounds
        from media_pipeline.sealing import rounds as sealing_rounds
        from media_pipeline.uploads import archive

        backups.register_all()
        audit.register_all()
        events.register_all()
        kinds.register_all()
        rounds.register_all()
        sealing_rounds.register_all()
        kept.register_all()
        retention.register_all()
        retention_rounds.register_all()
        archive.register_all()
