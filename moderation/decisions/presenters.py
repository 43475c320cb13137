"""What somebody is told of a decision about something of theirs."""

from typing import Any

from django.utils import timezone

from moderation.decisions.limited import reach_of
from moderation.models import Appeal
from moderation.models.appeal import APPEAL_FOR
from moderation.models.decision import Kind


def state_of(decision: Any) -> str:
    """Return where it stands: `in-force`, `undone`, `over`, or `said` for what restricts nobody."""
    if getattr(decision, "undone_by", None):
        return "undone"
    if not decision.restricts:
        return "said"
    return "over" if decision.until and decision.until <= timezone.now() else "in-force"


def appeal_of(decision: Any) -> Appeal | None:
    """Return the appeal of whom it touches; the decision must come from `with_appeals`."""
    return decision.own_appeals[0] if decision.own_appeals else None


def may_appeal(decision: Any) -> bool:
    """Tell whether whom it touches may still appeal."""
    if decision.kind in (Kind.RESTORE, Kind.NO_ACTION) or state_of(decision) == "undone":
        return False
    return not decision.own_appeals and timezone.now() < decision.created_at + APPEAL_FOR


def making_of(decision: Any) -> Any:
    """Return how far its version is, where a moment is muted or was, as `carry_making` found."""
    return None if state_of(decision) == "undone" else decision.making


def line(decision: Any) -> dict[str, Any]:
    """Return what a page or a letter shows of it."""
    return {
        "decision": decision,
        "state": state_of(decision),
        "reach": reach_of(decision),
        "appeal": appeal_of(decision),
        "strike": getattr(decision, "strike", None),
        "making": making_of(decision),
        "may_appeal": may_appeal(decision),
        "appeal_until": decision.created_at + APPEAL_FOR,
    }
