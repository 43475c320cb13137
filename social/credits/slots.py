"""The artists' names of a person, on their page."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from config.lib import slots
from tracks.credits.selectors import names_of


def _names(context: Mapping[str, Any]) -> SafeString:
    names = names_of(context["artist"], AnonymousUser())
    if not names:
        return mark_safe("")
    return render_to_string("social/credits/_names.html", {"names": names})


def fill() -> None:
    """Put them below the name of the account."""
    slots.register("profile", _names)
