"""Who hears that a verification was made, is missing its proof, or has ended: whose it is."""

from django.urls import reverse

from media_pipeline.models import Event
from moderation.events import VERIFICATION_ENDED, VERIFICATION_WARNED, VERIFIED
from moderation.models import Verification
from social.models import Notification
from social.notifications.registry import Notice, register, row_of


def _owner(event: Event) -> Notice | None:
    row: Verification | None = row_of(event, Verification)
    return Notice([row.person_id]) if row else None


def _page(_row: Notification) -> str:
    return reverse("my-verifications")


def register_all() -> None:
    """Say what people are told."""
    said = "shows from now on that you are verified"
    register("verified", said, on=VERIFIED, whom=_owner, leads_to=_page)
    said = "misses the proof that you are who you are, and needs it back"
    register("verification-warned", said, on=VERIFICATION_WARNED, whom=_owner, leads_to=_page)
    said = "has ended a verification of yours, and says why"
    register("verification-ended", said, on=VERIFICATION_ENDED, whom=_owner, leads_to=_page)
