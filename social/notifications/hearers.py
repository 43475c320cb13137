"""What somebody hears of the files they have sent."""

from media_pipeline.events.kinds import BYTES_DIFFER
from media_pipeline.models import Asset, Event
from social.notifications.registry import Notice, register, row_of
from tracks.models import Track


def _differs(event: Event) -> Notice | None:
    asset: Asset | None = row_of(event, Asset)
    track = Track.objects.filter(versions__media__asset=asset).first() if asset else None
    return Notice([asset.owner_id], track=track) if asset and track else None


def register_all() -> None:
    """Say what people are told."""
    register(
        "differs",
        "received other bytes for your piece than were announced. Listen to it, and send the file "
        "again if it is damaged",
        on=BYTES_DIFFER,
        whom=_differs,
    )
