"""How an artist is paid directly, on their page; the way to it among the pages of an account."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.lib import slots
from economics.models import Contribution
from economics.pay_links.selectors import pay_links_of
from social.models import User


def _link(context: Mapping[str, Any]) -> SafeString:
    return render_to_string("economics/pay_links/_link.html", request=context["request"])


def _shown(context: Mapping[str, Any]) -> SafeString:
    person = context.get("artist")
    if settings.NEXUS_MONEY != Contribution.Mode.DIRECT or not isinstance(person, User):
        return SafeString("")
    if not person.is_payable:  # stands beside the artist, so that most pages ask nothing
        return SafeString("")
    links = pay_links_of(person)
    words = {"links": links}
    return render_to_string("economics/pay_links/_shown.html", words) if links else SafeString("")


def fill() -> None:
    """Put them into their places."""
    slots.register("settings", _link)
    slots.register("profile", _shown)
