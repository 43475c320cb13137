"""What somebody hears of their own account."""

from media_pipeline.models import Event
from social.events import PERSON_UNBANNED
from social.models import User
from social.notifications.registry import Notice, register, row_of


def _unbanned(event: Event) -> Notice | None:
    user: User | None = row_of(event, User)
    # Who decided it is not named, as with every decision of moderators.
    return Notice([user.pk]) if user else None


def register_all() -> None:
    """Say what people are told."""
    register("unbanned", "opened your account again", on=PERSON_UNBANNED, whom=_unbanned)
