"""The words on the page of a track, after its lyrics."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from assistant.transcripts import presenters
from config.lib import slots


def place(context: Mapping[str, Any]) -> SafeString:
    """Return the first words, or for the owner how far they are; empty where there are none."""
    version = context.get("version")
    if not version:
        return SafeString("")
    viewer, key = context["request"].user, context["key"]
    found = presenters.place(version, viewer, key, can_edit=context["can_edit"])
    if not (found["transcript"] or context["can_edit"]):
        return SafeString("")
    return render_to_string("assistant/transcripts/_place.html", found)


def fill() -> None:
    """Put them on the page."""
    slots.register("track.told", place)
