"""What somebody has reported, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from config.lib.archive import ID, MS, TIME, maybe, moment, one_of, row, text
from config.lib.kept import Section, register_section
from moderation.models import Reason, Report, Scope
from social.models import User

SCHEMA = row(
    "Something you have reported",
    id=ID,
    scope=one_of(*Scope.values),
    target=ID,
    title=text(200),
    kind=one_of(*Reason.values),
    words=text(4000),
    at_ms=maybe(MS),
    created_at=TIME,
)


def _rows(person: User) -> Iterator[dict[str, Any]]:
    rows = Report.objects.filter(reporter=person).select_related("case").order_by("pk")
    for report in rows.iterator():
        yield {
            "id": str(report.pk),
            "scope": report.case.target,
            "target": str(report.case.target_id),
            "title": report.case.title,
            "kind": report.reason,
            "words": report.words,
            "at_ms": report.at_ms,
            "created_at": moment(report.created_at),
        }


def register_all() -> None:
    """Say what goes along of reports."""
    register_section(Section("reports", "What you have reported.", SCHEMA, _rows))
