"""What a program of the owner is told of a piece that is held."""

from typing import Any

from config.lib import origins
from moderation.holds.services import held_of
from moderation.models import Scope
from tracks import members
from tracks.hidden_words import is_owner
from tracks.models import Track


def _held(track: Track, viewer: Any) -> dict[str, Any] | None:
    """Return since when and why, and where to appeal; None where it is not, and for others."""
    if not is_owner(track, viewer):
        return None
    made = held_of(Scope.TRACK, track.pk).order_by("-pk").first()
    if made is None:
        return None
    return {
        "decision": str(made.pk),
        "reason": made.facts,
        "since": made.created_at,
        "url": origins.home() + made.get_absolute_url(),
    }


def fill() -> None:
    """Tell it with a track."""
    members.register("held", _held)
