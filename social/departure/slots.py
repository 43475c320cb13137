"""The way to the page that deletes an account, and the word about it on every page of one's own."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.lib import slots


def _nav(context: Mapping[str, Any]) -> SafeString:
    """Return the link in the navigation of the account's pages."""
    path = getattr(context.get("request"), "path", "")
    return render_to_string("social/departure/_nav.html", {"path": path})


def _banner(context: Mapping[str, Any]) -> SafeString:
    """Return when the account goes, and the button that keeps it; empty for everybody else."""
    leaves_at = getattr(context.get("user"), "leaves_at", None)
    if leaves_at is None:
        return SafeString("")
    words = {"leaves_at": leaves_at, "csrf_token": context.get("csrf_token", "")}
    return render_to_string("social/departure/_banner.html", words)


def fill() -> None:
    """Put both where they belong."""
    slots.register("settings", _nav)
    slots.register("person", _banner)
