"""The way to what an artist was given, among the pages of an account."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.lib import slots


def _link(context: Mapping[str, Any]) -> SafeString:
    return render_to_string("economics/earnings/_link.html", request=context["request"])


def fill() -> None:
    """Put it into its place."""
    slots.register("settings", _link)
