"""Reports, takedowns, decisions and appeals."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        """Say what evidence opens and decisions close, what can be reported, and what is kept."""
        from moderation import events, kept, parts, things
        from moderation.decisions import archive as of_decisions
        from moderation.decisions import (
            hearers,
            muting,  # noqa: F401
        )
        from moderation.decisions import kinds as decisions_kinds
        from moderation.decisions import rules as decisions  # noqa: F401
        from moderation.decisions import slots as decisions_slots
        from moderation.evidence import rules  # noqa: F401
        from moderation.holds import services as holds  # noqa: F401 - registers itself
        from moderation.pages import checks as pages_checks
        from moderation.reports import archive as of_reports
        from moderation.reports import slots as reports_slots
        from moderation.strikes import archive as of_strikes
        from moderation.strikes import hearers as strikes_hearers
        from moderation.strikes import services as strikes  # noqa: F401 - registers itself
        from moderation.walks import kinds as walks_kinds

        events.register_all()
        things.register_all()
        parts.register_all()
        kept.register_all()
        for topic in (walks_kinds, decisions_kinds, hearers, of_reports, of_decisions):
            topic.register_all()
        for topic in (of_strikes, strikes_hearers):
            topic.register_all()
        reports_slots.fill()
        decisions_slots.fill()
        pages_checks.register_all()
