"""What a machine proposes, on the page where its owner says what a piece is."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from assistant.suggestions.presenters import cards
from config.lib import slots


def _cards(context: Mapping[str, Any]) -> SafeString:
    track = context["track"]
    words = {"track": track, "cards": cards(track.pk)}
    return render_to_string("assistant/suggestions/_cards.html", words, context["request"])


def fill() -> None:
    """Put them into their place."""
    slots.register("edit", _cards)
