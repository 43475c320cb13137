"""The machine, installed."""

from django.apps import AppConfig


class MediaPipelineConfig(AppConfig):
    name = "media_pipeline"
    verbose_name = "Media pipeline"

    def ready(self) -> None:
        from media_pipeline import broker
        from media_pipeline.processing import kinds

        broker.install()
        kinds.register_all()
