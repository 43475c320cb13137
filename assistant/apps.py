"""Answers from the archive, with citations."""

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "assistant"

    def ready(self) -> None:
        """Say what can happen where machines read, and what is kept of it."""
        from assistant import events, kept
        from assistant.transcripts import archive as of_transcripts
        from assistant.transcripts import checks as transcripts_checks
        from assistant.transcripts import kinds as transcripts_kinds
        from assistant.transcripts import receivers as transcripts  # noqa: F401
        from assistant.transcripts import slots as transcripts_slots

        events.register_all()
        kept.register_all()
        transcripts_kinds.register_all()
        of_transcripts.register_all()
        transcripts_slots.fill()
        transcripts_checks.register_all()
