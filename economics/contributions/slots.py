"""The ways to what one gave and was given, among the pages of one's account."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.lib import slots


def _links(context: Mapping[str, Any]) -> SafeString:
    return render_to_string("economics/contributions/_links.html", request=context["request"])


def fill() -> None:
    """Put them into their place."""
    slots.register("settings", _links)
