"""Answers from the archive, with citations."""

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "assistant"

    def ready(self) -> None:
        """Say what can happen where machines read, what may be read, and what is kept of it."""
        from assistant import events, kept
        from assistant.chunks import kinds as chunks_kinds
        from assistant.consent import archive as of_consent
        from assistant.consent import checks as consent_checks
        from assistant.consent import deeds as deeds_of_consent
        from assistant.consent import rules as reserved
        from assistant.consent import slots as consent_slots
        from assistant.consent.registry import named_by
        from assistant.meaning import checks as meaning_checks
        from assistant.meaning import kinds as meaning_kinds
        from assistant.providers import checks as providers_checks
        from assistant.providers import kinds as providers_kinds
        from assistant.providers.registry import MACHINES
        from assistant.runs import archive as runs_archive
        from assistant.runs import kinds as runs_kinds
        from assistant.suggestions import archive as suggestions_archive
        from assistant.suggestions import hearers as suggestions_hearers
        from assistant.suggestions import kinds as suggestions_kinds
        from assistant.suggestions import receivers as suggestions  # noqa: F401 - registers itself
        from assistant.suggestions import slots as suggestions_slots
        from assistant.transcripts import archive as transcripts_archive
        from assistant.transcripts import checks as transcripts_checks
        from assistant.transcripts import kinds as transcripts_kinds
        from assistant.transcripts import receivers as transcripts  # noqa: F401 - as above
        from assistant.transcripts import slots as transcripts_slots

        events.register_all()
        kept.register_all()
        named_by(MACHINES.elsewhere)
        for topic in (
            *(of_consent, consent_checks, deeds_of_consent, reserved),
            *(providers_kinds, providers_checks),
            *(runs_archive, runs_kinds),
            *(suggestions_archive, suggestions_hearers, suggestions_kinds),
            *(transcripts_archive, transcripts_kinds, transcripts_checks),
            *(chunks_kinds, meaning_kinds, meaning_checks),
        ):
            topic.register_all()
        for slots in (transcripts_slots, suggestions_slots, consent_slots):
            slots.fill()
