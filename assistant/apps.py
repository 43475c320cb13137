"""Answers from the archive, with citations."""

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "assistant"

    def ready(self) -> None:
        """Say what can happen where machines read, what may be read, and what is kept of it."""
        from assistant import events, kept
        from assistant.consent import archive as of_machines
        from assistant.consent import checks as consent_checks
        from assistant.consent import deeds as deeds_of_consent
        from assistant.consent import rules as reserved
        from assistant.consent import slots as consent_slots
        from assistant.consent.registry import named_by
        from assistant.providers import checks as providers_checks
        from assistant.providers import kinds as providers_kinds
        from assistant.providers.registry import MACHINES

        events.register_all()
        kept.register_all()
        named_by(MACHINES.elsewhere)
        for topic in (of_machines, consent_checks, deeds_of_consent, reserved):
            topic.register_all()
        for topic in (providers_kinds, providers_checks):
            topic.register_all()
        consent_slots.fill()
