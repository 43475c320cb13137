"""The room of notes below the player of a track's page.

Only its place: the list is fetched for each viewer, so the page stays the same for all and light.
"""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.lib import slots


def place(context: Mapping[str, Any]) -> SafeString:
    """Return where the notes on the shown version will stand."""
    if not context.get("version"):
        return SafeString("")
    if context["as_listener"] and context["track"].visibility == "private":
        return SafeString("")  # there is nobody else yet
    data = {name: context[name] for name in ("track", "version", "key", "is_review")}
    data["looks_on"] = context["as_listener"] or context.get("as_guest", False)
    return render_to_string("social/notes/_place.html", data)


def fill() -> None:
    """Put them on the page."""
    slots.register("track.below-player", place)
