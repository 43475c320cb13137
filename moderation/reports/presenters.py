"""How a report stands, in words, for whoever made it."""

from typing import Any

from django.utils import timezone

from moderation.models import Appeal, Decision, Report
from moderation.models.appeal import APPEAL_FOR
from moderation.reports import selectors

WAITS = "waits"
LOOKED_AT = "looked-at"
DECIDED = "decided"
SENTENCES = {
    WAITS: "We have your report. A moderator will look at it.",
    LOOKED_AT: "A moderator is looking at it.",
}
DONE = {
    Decision.Kind.NO_ACTION: "A moderator looked at it and found nothing that we act on.",
    Decision.Kind.RESTORE: "An earlier decision about it was undone: it is open again.",
    Decision.Kind.WARN: "Whose it is was warned.",
}
ACTED = "We have acted: what you reported is restricted now."


def standing(report: Report) -> dict[str, Any]:
    """Return the state of a report with its sentence, and what was decided, if anything was."""
    outcome = selectors.outcome_of(report)
    appeal = selectors.appeal_of(report)
    waits = LOOKED_AT if report.case.assigned_to_id else WAITS
    state = DECIDED if outcome else waits
    sentence = DONE.get(Decision.Kind(outcome.kind), ACTED) if outcome else SENTENCES[state]
    return {
        "report": report,
        "state": state,
        "sentence": sentence,
        "outcome": outcome,
        "appeal": appeal,
        "may_appeal": _may_appeal(outcome, appeal),
    }


def _may_appeal(outcome: Decision | None, appeal: Appeal | None) -> bool:
    """Tell whether whoever reported can still say that nothing was done though it should be."""
    if outcome is None or outcome.kind != Decision.Kind.NO_ACTION or appeal:
        return False
    return timezone.now() < outcome.created_at + APPEAL_FOR
