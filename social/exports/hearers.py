"""What somebody hears of the archive of their data."""

from media_pipeline.models import Event
from social.events import EXPORT_READY
from social.models import Export
from social.notifications.registry import Notice, register, row_of


def _ready(event: Event) -> Notice | None:
    export: Export | None = row_of(event, Export)
    return Notice([export.user_id]) if export else None


def register_all() -> None:
    """Say what people are told."""
    sentence = "made the archive of your data. Fetch it in your account, under “Your data”"
    register("export", sentence, on=EXPORT_READY, whom=_ready)
