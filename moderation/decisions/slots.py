"""The way to what was decided about one's own, among the pages of one's account."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.lib import slots


def _link(context: Mapping[str, Any]) -> SafeString:
    return render_to_string("moderation/decisions/_link.html", request=context["request"])


def fill() -> None:
    """Put it into their navigation."""
    slots.register("settings", _link)
