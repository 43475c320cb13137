"""Reports, takedowns, decisions and appeals."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        """Say what evidence opens and decisions close, what can be reported, and what is kept."""
        from moderation import events, kept, parts, roles, things
        from moderation.appeals import services as appeals  # noqa: F401 - registers itself
        from moderation.attestations import archive as of_attestations
        from moderation.attestations import slots as attestations_slots
        from moderation.attestations.services import witness
        from moderation.bans import stops
        from moderation.cases import registry as waiting
        from moderation.contributions import kinds as contributions_kinds
        from moderation.custody import kinds as custody_kinds
        from moderation.decisions import archive as of_decisions
        from moderation.decisions import hearers, muting, rules  # noqa: F401 - register themselves
        from moderation.decisions import kinds as decisions_kinds
        from moderation.decisions import slots as decisions_slots
        from moderation.desk import slots as desk_slots
        from moderation.evidence import rules as evidence  # noqa: F401 - as above
        from moderation.holds import services as holds  # noqa: F401 - as above
        from moderation.holds import slots as holds_slots
        from moderation.mutes import hearers as mutes_hearers
        from moderation.pages import checks as pages_checks
        from moderation.reports import archive as of_reports
        from moderation.reports import slots as reports_slots
        from moderation.strikes import archive as of_strikes
        from moderation.strikes import hearers as strikes_hearers
        from moderation.strikes import services as strikes  # noqa: F401 - as above
        from moderation.suggestions import kinds as suggestions_kinds
        from moderation.suggestions import matching
        from moderation.talks import archive as of_talks
        from moderation.talks import hearers as talks_hearers
        from moderation.verification import archive as of_verifications
        from moderation.verification import hearers as verification_hearers
        from moderation.verification import kinds as verification_kinds
        from moderation.verification import slots as verification_slots
        from moderation.walks import kinds as walks_kinds
        from tracks.attesting import witnessed_by

        events.register_all()
        things.register_all()
        parts.register_all()
        kept.register_all()
        roles.register_all()
        post_migrate.connect(roles.bring_back, sender=self)
        archives = (
            *(of_reports, of_decisions, of_strikes, of_talks),
            *(of_attestations, of_verifications),
        )
        heard = (hearers, strikes_hearers, talks_hearers, mutes_hearers, verification_hearers)
        jobs = (walks_kinds, decisions_kinds, suggestions_kinds, custody_kinds, verification_kinds)
        also = (waiting, matching, pages_checks, contributions_kinds, stops)
        for topic in (*archives, *heard, *jobs, *also):
            topic.register_all()
        witnessed_by(witness)
        shown = (reports_slots, decisions_slots, holds_slots, attestations_slots, desk_slots)
        for slots in (verification_slots, *shown):
            slots.fill()
