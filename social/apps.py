"""People, installed."""

from django.apps import AppConfig


class SocialConfig(AppConfig):
    name = "social"

    def ready(self) -> None:
        """Let reviewers open what they were asked to review."""
        from social import reviewing  # noqa: F401
