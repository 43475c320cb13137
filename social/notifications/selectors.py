"""Finding what a person should hear of."""

from typing import Any

from config.lib.paging import Page, page, read_id_cursor
from social.models import Notification

JOINS = ("track__owner", "actor", "note__version", "note__parent")


def notifications_for(user: Any, before: str = "") -> Page[Notification]:
    """Return a page of what this person should hear of, newest first."""
    rows = Notification.objects.heard_by(user).select_related(*JOINS).order_by("-pk")
    if before:
        rows = rows.filter(pk__lt=read_id_cursor(before))
    return page(rows, lambda row: row.pk.hex)


def unread_count(user: Any) -> int:
    """Return how many of their news they have not read."""
    return Notification.objects.heard_by(user).filter(read_at=None).count()
