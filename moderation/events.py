"""What can happen at the moderators’ bench, for whoever reads events; ids only."""

from media_pipeline.events.registry import register

REPORT_MADE = "report.made"
DECISION_MADE = "decision.made"
APPEAL_MADE = "appeal.made"
APPEAL_ANSWERED = "appeal.answered"
STRIKE_GIVEN = "strike.given"
STRIKE_WITHDRAWN = "strike.withdrawn"
PAGE_CHANGED = "page.changed"
TALK_WRITTEN = "talk.written"
TALK_ANSWERED = "talk.answered"
REPORTER_TOLD = "reporter.told"
MOMENT_STUCK = "moment.stuck"
ATTESTED = "track.attested"
VERIFIED = "verification.made"
VERIFICATION_WARNED = "verification.warned"
VERIFICATION_ENDED = "verification.ended"


def register_all() -> None:
    """Say what can happen here."""
    register(REPORT_MADE, "Somebody reported something.", "case")
    register(DECISION_MADE, "A moderator decided about something of somebody’s.", "case")
    register(APPEAL_MADE, "Somebody appealed against a decision.", "decision", "case")
    register(APPEAL_ANSWERED, "An appeal was answered.", "decision", "case")
    register(STRIKE_GIVEN, "A decision counts as a strike against somebody.", "decision")
    register(STRIKE_WITHDRAWN, "A strike was withdrawn.", "decision")
    register(PAGE_CHANGED, "The site’s terms, or how to reach its operator, have changed.")
    register(TALK_WRITTEN, "Moderators wrote to somebody about a case.", "case")
    register(TALK_ANSWERED, "Somebody answered what moderators wrote.", "case")
    register(REPORTER_TOLD, "A reporter was warned, muted, or heard again.", "report")
    register(VERIFIED, "An account has shown whose it is.", "owner")
    register(VERIFICATION_WARNED, "The proof of a verification is missing.", "owner")
    register(VERIFICATION_ENDED, "A verification holds no more, or was refused.", "owner")
    register(MOMENT_STUCK, "A piece could not be made again without a muted moment.", "case")
    register(ATTESTED, "An owner confirmed that a piece may be shared.", "owner")
