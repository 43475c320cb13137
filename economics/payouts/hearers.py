"""Who hears of a payout: whose it is; finance looks into its list."""

from django.urls import reverse

from economics.events import PAYOUT_FAILED, PAYOUT_SENT
from economics.models import ArtistPayout
from media_pipeline.models import Event
from social.models import Notification
from social.notifications.registry import Notice, register, row_of


def _artist(event: Event) -> Notice | None:
    row: ArtistPayout | None = row_of(event, ArtistPayout)
    return Notice([row.artist_id]) if row else None


def _page(_row: Notification) -> str:
    return reverse("my-payouts")


def register_all() -> None:
    """Say what people are told."""
    said = "has sent what you asked for of what is owed to you"
    register("payout-sent", said, on=PAYOUT_SENT, whom=_artist, leads_to=_page)
    said = "could not send what you asked for: it is owed to you again"
    register("payout-failed", said, on=PAYOUT_FAILED, whom=_artist, leads_to=_page)
