"""Answers from the archive, with citations."""

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "assistant"

    def ready(self) -> None:
        """Say what can happen where machines read, and what is kept of it."""
        from assistant import events, kept
        from assistant.providers import checks as providers_checks
        from assistant.providers import kinds as providers_kinds

        events.register_all()
        kept.register_all()
        for topic in (providers_kinds, providers_checks):
            topic.register_all()
