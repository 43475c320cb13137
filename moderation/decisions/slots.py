"""The way to what was decided about one's own, among the pages of one's account."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.lib import slots
from moderation.decisions.selectors import closed_by


def _link(context: Mapping[str, Any]) -> SafeString:
    return render_to_string("moderation/decisions/_link.html", request=context["request"])


def _mark(context: Mapping[str, Any]) -> SafeString:
    """Say to the owner of a piece that it is closed to others, and where the reasons are."""
    track = context.get("track")
    if not context.get("can_edit") or track is None:
        return SafeString("")
    decision = closed_by(track)
    if decision is None:
        return SafeString("")
    return render_to_string("moderation/decisions/_mark.html", {"decision": decision})


def fill() -> None:
    """Put it into their navigation; and a mark on a piece that is closed."""
    slots.register("settings", _link)
    slots.register("track.words", _mark)
