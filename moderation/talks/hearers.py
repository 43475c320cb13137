"""Who hears of a message: whom it is for; of an answer: who sees to the case."""

from django.urls import reverse

from media_pipeline.models import Event
from moderation.events import TALK_ANSWERED, TALK_WRITTEN
from moderation.models import Message
from social.models import Notification
from social.notifications.registry import Notice, register, row_of


def _written(event: Event) -> Notice | None:
    row: Message | None = row_of(event, Message)
    return Notice([row.talk.person_id], key=f"talk:{row.talk_id}") if row else None


def _answered(event: Event) -> Notice | None:
    row: Message | None = row_of(event, Message)
    if row is None:
        return None
    return Notice([row.talk.case.assigned_to_id], key=f"talk-answered:{row.talk_id}")


def _message(row: Notification) -> Message | None:
    rows = Message.objects.select_related("talk__report", "talk__case")
    return rows.filter(pk=row.subject.partition(":")[2]).first()


def _page(row: Notification) -> str:
    message = _message(row)
    return message.talk.get_absolute_url() if message else ""


def _case(row: Notification) -> str:
    message = _message(row)
    if message is None:
        return ""
    return reverse("admin:moderation_case_change", args=[message.talk.case_id])


def register_all() -> None:
    """Say what people are told."""
    register("talk", "wrote to you about a case", on=TALK_WRITTEN, whom=_written, leads_to=_page)
    said = "has an answer in a case that you see to"
    register("talk-answered", said, on=TALK_ANSWERED, whom=_answered, leads_to=_case)
