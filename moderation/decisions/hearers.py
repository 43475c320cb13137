"""Who hears of a decision: whom it touches. Who decided is not named."""

from django.urls import reverse

from media_pipeline.models import Event
from moderation.events import APPEAL_ANSWERED, DECISION_MADE, MOMENT_STUCK
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


def _stuck(event: Event) -> Notice | None:
    row: Decision | None = row_of(event, Decision)
    return Notice([row.person_id], key=f"stuck:{row.pk}") if row else None


def _stuck_case(event: Event) -> Notice | None:
    row: Decision | None = row_of(event, Decision)
    return Notice({row.by_id, row.case.assigned_to_id}, key=f"stuck-case:{row.pk}") if row else None


def _case(row: Notification) -> str:
    decision = Decision.objects.filter(pk=row.subject.partition(":")[2]).first()
    if decision is None:
        return ""
    return reverse("admin:moderation_case_change", args=[decision.case_id])


def _page(_row: Notification) -> str:
    return reverse("my-decisions")


def register_all() -> None:
    """Say what people are told."""
    said = "decided about something of yours, and says why"
    register("decided", said, on=DECISION_MADE, whom=_decided, leads_to=_page)
    answered = "answered your appeal"
    register("appeal", answered, on=APPEAL_ANSWERED, whom=_answered, leads_to=_page)
    said = "could not make your piece again after a decision, and see to it"
    register("stuck", said, on=MOMENT_STUCK, whom=_stuck, leads_to=_page)
    said = "has a piece in a case of yours that could not be made again"
    register("stuck-case", said, on=MOMENT_STUCK, whom=_stuck_case, leads_to=_case)
