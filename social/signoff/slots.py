"""Where a track stands, on its page."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.lib import slots
from social.notes.formats.names import NOTE_FORMATS
from social.signoff.selectors import board, has_a_say


def sign_off(context: Mapping[str, Any]) -> SafeString:
    """For the artist, approvers and reviewers: where the track stands, and what they may do."""
    track, user = context["track"], context["request"].user
    if not has_a_say(track, user) or track.primary_version_id is None:
        return SafeString("")
    now = board(track)
    is_owner, is_final = user.pk == track.owner_id, now.state.is_approved
    data = {
        "note_formats": NOTE_FORMATS,
        "board": now,
        "track": track,
        "can_edit": is_owner,
        "may_sign": now.names(user) and not is_final,
        "said": next((word for person, word in now.words if person.pk == user.pk), ""),
        "may_advance": is_owner and not now.approvers and not is_final,
        "may_return": is_owner and bool(now.earlier),
    }
    return render_to_string("social/signoff/_sign_off.html", data, request=context["request"])


def fill() -> None:
    """Put them on the page."""
    slots.register("track.side", sign_off)
