"""How a report stands, in words, for whoever made it."""

from typing import Any

from django.utils import timezone

from moderation.cases.rules import ALWAYS_HEARD
from moderation.models import Appeal, Decision, Reason, Report
from moderation.models.appeal import APPEAL_FOR
from moderation.mutes.selectors import told_of
from moderation.reports import selectors
from moderation.talks.presenters import told
from moderation.talks.selectors import talk_of

WAITS = "waits"
LOOKED_AT = "looked-at"
DECIDED = "decided"
MUTED = "muted"
SENTENCES = {
    WAITS: "We have your report. A moderator will look at it.",
    LOOKED_AT: "A moderator is looking at it.",
    MUTED: "We keep your report. By itself it comes before no moderator for now; below is why.",
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
    talk = talk_of(report)
    waits = LOOKED_AT if report.case.assigned_to_id else WAITS
    is_heard = not report.is_muted or Reason(report.reason) in ALWAYS_HEARD
    state = DECIDED if outcome else waits if is_heard else MUTED
    sentence = DONE.get(Decision.Kind(outcome.kind), ACTED) if outcome else SENTENCES[state]
    return {
        "report": report,
        "state": state,
        "sentence": sentence,
        "outcome": outcome,
        "appeal": appeal,
        "talk": told(talk) if talk else None,
        "mute": told_of(report),
        "may_appeal": _may_appeal(outcome, appeal),
    }


def _may_appeal(outcome: Decision | None, appeal: Appeal | None) -> bool:
    """Tell whether whoever reported can still say that nothing was done though it should be."""
    if outcome is None or outcome.kind != Decision.Kind.NO_ACTION or appeal:
        return False
    return timezone.now() < outcome.created_at + APPEAL_FOR
