"""Who hears of a decision: whom it touches. Who decided is not named."""

from django.urls import reverse

from media_pipeline.models import Event
from moderation.events import APPEAL_ANSWERED, DECISION_MADE
from moderation.models import Appeal, Decision
from social.models import Notification
from social.notifications.registry import Notice, register, row_of


def _decided(event: Event) -> Notice | None:
    row: Decision | None = row_of(event, Decision)
    if row is None or row.kind == Decision.Kind.NO_ACTION:
        return None
    return Notice([row.person_id])


def _answered(event: Event) -> Notice | None:
    row: Appeal | None = row_of(event, Appeal)
    return Notice([row.decision.person_id]) if row and not row.by_reporter else None


def _page(_row: Notification) -> str:
    return reverse("my-decisions")


def register_all() -> None:
    """Say what people are told."""
    said = "decided about something of yours, and says why"
    register("decided", said, on=DECISION_MADE, whom=_decided, leads_to=_page)
    answered = "answered your appeal"
    register("appeal", answered, on=APPEAL_ANSWERED, whom=_answered, leads_to=_page)
