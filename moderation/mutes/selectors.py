"""Finding what was decided about sources of reports."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from moderation.models import Mute, Report
from moderation.models.mute import MuteQuerySet


def acts_about(report: Report) -> MuteQuerySet:
    """Return all acts about whoever made a report, newest first."""
    rows: MuteQuerySet = Mute.objects.of(reporter=report.reporter_id, source=report.source)
    return rows.order_by("-pk")


def is_muted(*, reporter: Any, source: str) -> bool:
    """Tell whether an account, or an address by its pseudonym, is muted now."""
    return Mute.objects.in_force().of(reporter=reporter, source=source).exists()


def told_of(report: Report) -> Mute | None:
    """Return the newest act that its reporter is to read beside this report."""
    return acts_about(report).select_related("undone_by").first()


def acts_about_all(reports: Iterable[Report]) -> dict[Any, list[Mute]]:
    """Return the acts about the source of each of these reports, by its id; one query."""
    rows = list(reports)
    people = {row.reporter_id for row in rows if row.reporter_id}
    sources = {row.source for row in rows if row.source and not row.reporter_id}
    about = Q(person__in=people) | Q(person=None, source__in=sources)
    found: dict[Any, list[Mute]] = {}
    for act in Mute.objects.filter(about).select_related("by", "undone_by").order_by("-pk")[:200]:
        found.setdefault(act.person_id or act.source, []).append(act)
    return {row.pk: found.get(row.reporter_id or row.source, []) for row in rows}
