"""Who hears that something was suggested: whose piece it is, once for all that wait."""

from assistant.events import SUGGESTIONS_MADE
from media_pipeline.models import Event
from social.notifications.registry import Notice, register, row_of
from tracks.models import Track


def _owner(event: Event) -> Notice | None:
    track: Track | None = row_of(event, Track)
    return Notice([track.owner_id], track=track, key="suggested") if track else None


def register_all() -> None:
    """Say what people are told."""
    one = "has suggestions for what to say of your piece; they wait where you change it"
    several = "has suggestions for what to say of your pieces; they wait where you change them"
    register("suggested", one, on=SUGGESTIONS_MADE, whom=_owner, several=several)
