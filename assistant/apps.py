"""Answers from the archive, with citations."""

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "assistant"

    def ready(self) -> None:
        """Say what can happen where machines read, and what is kept of it."""
        from assistant import events, kept
        from assistant.chunks import kinds as of_chunks
        from assistant.meaning import checks as of_meaning
        from assistant.meaning import kinds as meaning

        events.register_all()
        kept.register_all()
        of_chunks.register_all()
        meaning.register_all()
        of_meaning.register_all()
