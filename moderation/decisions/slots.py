"""The way to what was decided about one's own, among the pages of one's account."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.lib import slots
from moderation.decisions.selectors import (
    closed_by,
    listed_by,
    picture_hidden_of,
    words_hidden_by,
)
from social.models import User
from tracks.hidden_words import PARTS, is_hidden, is_owner

# What stands on the pages of which words can be hidden, by its name in their context.
WORDED = ("track", "collection", "artist")


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


def _list_mark(context: Mapping[str, Any]) -> SafeString:
    """Say to the owner of a release or a playlist that it is closed or limited, and where why."""
    collection = context.get("collection")
    if collection is None or not is_owner(collection, context["request"].user):
        return SafeString("")
    decision = listed_by(collection)
    if decision is None:
        return SafeString("")
    words = {"decision": decision, "is_own_page": True}
    return render_to_string("moderation/decisions/_mark.html", words)


def _picture_mark(context: Mapping[str, Any]) -> SafeString:
    """Say to whose page it is that others do not see a picture of it, and where the reasons are."""
    person = context.get("artist")
    if not isinstance(person, User) or not is_owner(person, context["request"].user):
        return SafeString("")
    decision = picture_hidden_of(person)
    if decision is None:
        return SafeString("")
    return render_to_string("moderation/decisions/_mark.html", {"decision": decision})


def _header_mark(context: Mapping[str, Any]) -> SafeString:
    """Say the same where a picture stands above the page; most have none, and ask nothing."""
    has_header = getattr(context.get("page"), "header", None)
    return _picture_mark(context) if has_header else SafeString("")


def _words_mark(context: Mapping[str, Any]) -> SafeString:
    """Say to whose these words are that others do not read them, and where the reasons are."""
    thing = next((context[name] for name in WORDED if context.get(name)), None)
    viewer = context["request"].user
    if thing is None or not is_owner(thing, viewer) or not any(is_hidden(thing, p) for p in PARTS):
        return SafeString("")
    words = {"decisions": words_hidden_by(thing)}
    return render_to_string("moderation/decisions/_words_mark.html", words)


def fill() -> None:
    """Put it into their navigation; and a mark on what is closed, or not read by others."""
    slots.register("settings", _link)
    slots.register("track.top", _mark)
    for slot in ("release", "playlist"):
        slots.register(slot, _list_mark)
    slots.register("profile", _header_mark)
    slots.register("press", _picture_mark)
    for slot in ("track.words", "release", "playlist", "press"):
        slots.register(slot, _words_mark)
