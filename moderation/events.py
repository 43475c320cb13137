"""What can happen at the moderators’ bench, for whoever reads events; ids only."""

from media_pipeline.events.registry import register

REPORT_MADE = "report.made"
DECISION_MADE = "decision.made"
APPEAL_MADE = "appeal.made"
APPEAL_ANSWERED = "appeal.answered"
ATTESTED = "track.attested"


def register_all() -> None:
    """Say what can happen here."""
    register(REPORT_MADE, "Somebody reported something.", "case")
    register(DECISION_MADE, "A moderator decided about something of somebody’s.", "case")
    register(APPEAL_MADE, "Somebody appealed against a decision.", "decision", "case")
    register(APPEAL_ANSWERED, "An appeal was answered.", "decision", "case")
    register(ATTESTED, "An owner confirmed that a piece may be shared.", "owner")
