"""Reports, takedowns, decisions and appeals."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        """Say what evidence opens and decisions close, what can be reported, and what is kept."""
        from moderation import events, kept, things
        from moderation.attestations import archive as of_attestations
        from moderation.attestations import slots as attestations_slots
        from moderation.attestations.services import witness
        from moderation.decisions import archive as of_decisions
        from moderation.decisions import hearers
        from moderation.decisions import kinds as decisions_kinds
        from moderation.decisions import rules as decisions  # noqa: F401
        from moderation.decisions import slots as decisions_slots
        from moderation.evidence import rules  # noqa: F401
        from moderation.reports import archive as of_reports
        from moderation.reports import slots as reports_slots
        from moderation.verification import archive as of_verifications
        from moderation.verification import hearers as verification_hearers
        from moderation.verification import kinds as verification_kinds
        from moderation.verification import slots as verification_slots
        from moderation.walks import kinds as walks_kinds

        events.register_all()
        things.register_all()
        kept.register_all()
        for topic in (walks_kinds, decisions_kinds, hearers, of_reports, of_decisions):
            topic.register_all()
        from tracks.attesting import witnessed_by

        witnessed_by(witness)
        of_attestations.register_all()
        attestations_slots.fill()
        for topic in (verification_kinds, verification_hearers, of_verifications):
            topic.register_all()
        verification_slots.fill()
        reports_slots.fill()
        decisions_slots.fill()
