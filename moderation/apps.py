"""Reports, takedowns, decisions and appeals."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        """Say what evidence opens, and what is kept of it."""
        from moderation import kept
        from moderation.evidence import rules  # noqa: F401

        kept.register_all()
