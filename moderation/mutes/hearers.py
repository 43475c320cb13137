"""Who hears of an act about a reporter: they."""

from media_pipeline.models import Event
from moderation.events import REPORTER_TOLD
from moderation.models import Mute
from social.models import Notification
from social.notifications.registry import Notice, register, row_of


def _told(event: Event) -> Notice | None:
    row: Mute | None = row_of(event, Mute)
    return Notice([row.person_id]) if row else None


def _page(row: Notification) -> str:
    mute = Mute.objects.select_related("report").filter(pk=row.subject.partition(":")[2]).first()
    return mute.report.get_absolute_url() if mute and mute.report else ""


def register_all() -> None:
    """Say what people are told."""
    said = "has decided something about your reports, and says why"
    register("reporter", said, on=REPORTER_TOLD, whom=_told, leads_to=_page)
