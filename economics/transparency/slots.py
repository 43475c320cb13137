"""The way from the figures of moderation to those of money."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.lib import slots


def _way(_context: Mapping[str, Any]) -> SafeString:
    return render_to_string("economics/transparency/_way.html")


def fill() -> None:
    """Put it into its place."""
    slots.register("transparency", _way)
