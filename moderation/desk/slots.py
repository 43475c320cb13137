"""What waits for moderators, on the first page of the administration."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.lib import slots
from moderation.cases.rules import may_see
from moderation.desk.selectors import waiting_for


def _waits(context: Mapping[str, Any]) -> SafeString:
    user = context["request"].user
    if not may_see(user):
        return SafeString("")
    return render_to_string("moderation/desk/_waits.html", waiting_for(user))


def fill() -> None:
    """Put it into its place."""
    slots.register("admin.home", _waits)
