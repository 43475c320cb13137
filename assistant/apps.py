"""Answers from the archive, with citations."""

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "assistant"

    def ready(self) -> None:
        """Say what can happen where machines read, and what is kept of it."""
        from assistant import events, kept
        from assistant.runs import archive as runs_archive
        from assistant.runs import kinds as runs_kinds
        from assistant.suggestions import archive as suggestions_archive
        from assistant.suggestions import hearers as suggestions_hearers
        from assistant.suggestions import kinds as suggestions_kinds
        from assistant.suggestions import receivers  # noqa: F401 - registers itself
        from assistant.suggestions import slots as suggestions_slots

        events.register_all()
        kept.register_all()
        of_runs = (runs_archive, runs_kinds)
        of_suggestions = (suggestions_archive, suggestions_hearers, suggestions_kinds)
        for topic in (*of_runs, *of_suggestions):
            topic.register_all()
        suggestions_slots.fill()
