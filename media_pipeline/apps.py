"""The machine, installed."""

from django.apps import AppConfig


class MediaPipelineConfig(AppConfig):
    name = "media_pipeline"
    verbose_name = "Media pipeline"

    def ready(self) -> None:
        """Say what there is to do with files, and what comes round."""
        from media_pipeline.events import rounds as event_rounds
        from media_pipeline.jobs import rounds
        from media_pipeline.processing import kinds

        kinds.register_all()
        rounds.register_all()
        event_rounds.register_all()
