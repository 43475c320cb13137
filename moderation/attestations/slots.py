"""The sentence beside whatever opens a piece to others."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.lib import slots
from tracks.attesting import SENTENCE


def _sentence(_context: Mapping[str, Any]) -> SafeString:
    return render_to_string("moderation/attestations/_sentence.html", {"sentence": SENTENCE})


def fill() -> None:
    """Put it into its place."""
    slots.register("publishing", _sentence)
