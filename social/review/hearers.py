"""Who hears of reviewing: whoever is asked to."""

from media_pipeline.models import Event
from social.events import REVIEWER_INVITED
from social.models import Reviewer
from social.notifications.registry import Notice, author_of, register, row_of


def _invited(event: Event) -> Notice | None:
    row: Reviewer | None = row_of(event, Reviewer)
    return Notice([row.user_id], author_of(event), track=row.track) if row else None


def register_all() -> None:
    """Say what people are told."""
    register("invited", "asked you to review a piece", on=REVIEWER_INVITED, whom=_invited)
