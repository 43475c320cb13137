"""Reports, takedowns, decisions and appeals."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        """Say what evidence opens and decisions close, what can be reported, and what is kept."""
        from moderation import events, kept, things
        from moderation.cases import registry as waiting
        from moderation.custody import kinds as custody_kinds
        from moderation.decisions import archive as of_decisions
        from moderation.decisions import hearers
        from moderation.decisions import kinds as decisions_kinds
        from moderation.decisions import rules as decisions  # noqa: F401
        from moderation.decisions import slots as decisions_slots
        from moderation.evidence import rules  # noqa: F401
        from moderation.mutes import hearers as mutes_hearers
        from moderation.reports import archive as of_reports
        from moderation.reports import slots as reports_slots
        from moderation.suggestions import kinds as suggestions_kinds
        from moderation.suggestions import matching
        from moderation.talks import archive as of_talks
        from moderation.talks import hearers as talks_hearers
        from moderation.walks import kinds as walks_kinds

        events.register_all()
        things.register_all()
        kept.register_all()
        for topic in (walks_kinds, decisions_kinds, hearers, of_reports, of_decisions):
            topic.register_all()
        for topic in (
            waiting,
            of_talks,
            talks_hearers,
            mutes_hearers,
            matching,
            suggestions_kinds,
            custody_kinds,
        ):
            topic.register_all()
        reports_slots.fill()
        decisions_slots.fill()
