"""What somebody hears of artists who let them have more than others."""

from media_pipeline.models import Event
from social.notifications.registry import Notice, author_of, register, row_of
from tracks.events import DOWNLOAD_GRANTED, LISTENER_LISTED
from tracks.models import DownloadGrant, ListedListener


def _listed(event: Event) -> Notice | None:
    row: ListedListener | None = row_of(event, ListedListener)
    return Notice([row.person_id], author_of(event)) if row else None


def _granted(event: Event) -> Notice | None:
    row: DownloadGrant | None = row_of(event, DownloadGrant)
    return Notice([row.person_id], author_of(event), track=row.track) if row else None


def register_all() -> None:
    """Say what people are told."""
    register(
        "listed",
        "put you on the list of listeners: what is open to it is open to you",
        on=LISTENER_LISTED,
        whom=_listed,
    )
    register("granted", "lets you keep some music", on=DOWNLOAD_GRANTED, whom=_granted)
