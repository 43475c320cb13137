"""The way from the page that changes a piece to what machines may read of it."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from assistant.consent.selectors import choice_of
from config.lib import slots


def _line(context: Mapping[str, Any]) -> SafeString:
    track = context["track"]
    words = {"track": track, "choice": choice_of(track.pk)}
    return render_to_string("assistant/consent/_line.html", words)


def fill() -> None:
    """Put it into its place."""
    slots.register("edit", _line)
