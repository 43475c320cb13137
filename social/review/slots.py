"""What reviewing shows on a track's page."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.lib import slots
from social.notes.formats.names import NOTE_FORMATS


def strip(context: Mapping[str, Any]) -> SafeString:
    """For whoever came by a review link: whose link it is, and the name to write under."""
    link = context.get("review_link")
    if link is None:
        return SafeString("")
    data = {"link": link, "guest": context.get("guest"), "form": context["name_form"]}
    return render_to_string("social/review/_strip.html", data, request=context["request"])


def take_along(context: Mapping[str, Any]) -> SafeString:
    """For whoever came by a review link: the notes as files."""
    link = context.get("review_link")
    if link is None or context.get("version") is None:
        return SafeString("")
    data = {
        "note_formats": NOTE_FORMATS,
        "track": context["track"],
        "version": context["version"],
        "key": link.token,
    }
    return render_to_string("social/review/_note_files.html", data)


def fill() -> None:
    """Put them on the page."""
    slots.register("track.below-player", strip)
    slots.register("track.end", take_along)
