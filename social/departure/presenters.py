"""What goes with an account, and what stays, in the words of the registry."""

from typing import Any

from django.conf import settings

from config.lib.kept import Fate, by_fate


def fates() -> dict[str, Any]:
    """Return the main things that are removed and that stay as somebody's, and after how many
    days."""
    found = by_fate()
    return {
        "removed": [kept for kept in found[Fate.REMOVED] if not kept.minor],
        "anonymised": [kept for kept in found[Fate.ANONYMISED] if not kept.minor],
        "days": settings.NEXUS_LEAVE_DAYS,
    }
