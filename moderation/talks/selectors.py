"""Finding talks, by whom they are with or by their key, each in a counted number of queries."""

from typing import Any

from django.db.models import Prefetch

from config.lib.paging import read_id_cursor
from moderation.models import Case, Message, Report, Talk


def talks_with(person: Any, before: str = "") -> Any:
    """Return the talks about something of this person's or with them, newest first; two queries."""
    rows = Talk.objects.filter(person=person.pk).order_by("-pk")
    if before:
        rows = rows.filter(pk__lt=read_id_cursor(before))
    return with_messages(rows)


def with_messages(rows: Any) -> Any:
    """Carry the newest messages of each, in their order, as `said`."""
    newest = Message.objects.select_related("moderator").order_by("pk")
    return rows.select_related("case", "report").prefetch_related(
        Prefetch("messages", newest, to_attr="said")
    )


def opened_by_key(key: str) -> Talk | None:
    """Return the talk with a person that this key opens; reporters read theirs by their report."""
    found: Talk | None = with_messages(Talk.objects.filter(key=key)).first()
    return found


def talk_of(report: Report) -> Talk | None:
    """Return the talk with whoever made this report; None while no moderator wrote."""
    found: Talk | None = with_messages(Talk.objects.filter(report=report)).first()
    return found


def talks_of(case: Case) -> list[Talk]:
    """Return all talks of a case, for moderators; two queries."""
    return list(with_messages(Talk.objects.filter(case=case)).order_by("pk"))
