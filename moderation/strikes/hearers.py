"""Who hears of strikes: against whom they count. Who gave or withdrew one is not named."""

from django.urls import reverse

from media_pipeline.models import Event
from moderation.events import STRIKE_GIVEN, STRIKE_WITHDRAWN
from moderation.models import Strike
from social.models import Notification
from social.notifications.registry import Notice, register, row_of


def _theirs(event: Event) -> Notice | None:
    row: Strike | None = row_of(event, Strike)
    return Notice([row.person_id]) if row else None


def _page(_row: Notification) -> str:
    return reverse("my-decisions")


def register_all() -> None:
    """Say what people are told."""
    given = "counted a decision about something of yours as a strike"
    register("strike", given, on=STRIKE_GIVEN, whom=_theirs, leads_to=_page)
    register(
        "unstruck",
        "withdrew a strike against you",
        on=STRIKE_WITHDRAWN,
        whom=_theirs,
        leads_to=_page,
    )
