"""What reviewing shows on a track's page."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.lib import slots
from social.models import ReviewLink
from social.notes.formats.names import NOTE_FORMATS
from social.viewers import AS_VISITOR


def strip(context: Mapping[str, Any]) -> SafeString:
    """For whoever came by a review link: whose link it is, and the name to write under."""
    link = context.get("review_link")
    if link is None:
        return SafeString("")
    data = {"link": link, "guest": context.get("guest"), "form": context["name_form"]}
    return render_to_string("social/review/_strip.html", data, request=context["request"])


def take_along(context: Mapping[str, Any]) -> SafeString:
    """For whoever came by a review link: the notes as files."""
    link = context.get("review_link")
    if link is None or context.get("version") is None:
        return SafeString("")
    data = {
        "note_formats": NOTE_FORMATS,
        "track": context["track"],
        "version": context["version"],
        "key": link.token,
    }
    return render_to_string("social/review/_note_files.html", data)


def as_guest(context: Mapping[str, Any]) -> SafeString:
    """For the owner: the page as whoever has the newest link sees it."""
    if not context.get("can_edit"):
        return SafeString("")
    links = ReviewLink.objects.live().filter(track=context["track"])
    link = links.order_by("-pk").only("token").first()
    if link is None:
        return SafeString("")
    return render_to_string("social/review/_as_guest.html", {"link": link, "seen": AS_VISITOR})


def fill() -> None:
    """Put them on the page."""
    slots.register("track.actions", as_guest)
    slots.register("track.below-player", strip)
    slots.register("track.side", take_along)
