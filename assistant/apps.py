"""Answers from the archive, with citations."""

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "assistant"

    def ready(self) -> None:
        """Say what can happen where machines read, and what is kept of it."""
        from assistant import events, kept

        events.register_all()
        kept.register_all()
