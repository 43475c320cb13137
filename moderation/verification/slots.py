"""What is verified, on the page of an artist; and the way to it, among the pages of an account."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from config.lib import slots
from moderation.verification.selectors import holding
from social.models import User
from tracks import members
from tracks.models import Track


def _link(context: Mapping[str, Any]) -> SafeString:
    return render_to_string("moderation/verification/_link.html", request=context["request"])


def _shown(context: Mapping[str, Any]) -> SafeString:
    person = context.get("artist")
    if not isinstance(person, User) or not person.verified:
        return SafeString("")
    rows = holding(person, timezone.now())
    return render_to_string("moderation/verification/_shown.html", {"rows": rows})


def _verified(track: Track, _viewer: Any) -> str:
    return track.owner.verified


def fill() -> None:
    """Put them into their places; programs are told with a track."""
    slots.register("settings", _link)
    slots.register("profile", _shown)
    members.register("owner_verified", _verified)
