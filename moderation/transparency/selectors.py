"""What moderators have done, in figures, each computed from the rows: nobody is named by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import (
    Aggregate,
    Case,
    Count,
    DurationField,
    F,
    Min,
    OuterRef,
    Q,
    Subquery,
    When,
)
from django.db.models.functions import ExtractYear, Least
from django.utils import timezone

from moderation.alone.selectors import Mark, marks
from moderation.models import Appeal, Decision, Report, Scope, Strike
from moderation.models.strike import POLICY


class Median(Aggregate):
    """The middle of some durations; None for none."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Figure:
    """One number: of which year, what it counts, and of which kind."""

    year: int
    name: str
    kind: str
    value: float

    @property
    def words(self) -> str:
        """Return the kind as people read it."""
        return self.kind.replace("_", " ").capitalize()


KEPT_SECONDS = 60  # whoever asks again and again counts nothing anew
STRUCK = Q(by_reporter=False, decision__strike__isnull=False)
YEAR = {"year": ExtractYear("created_at")}


def kept_figures() -> list[Figure]:
    """Return all there are, a minute old at most."""
    found: list[Figure] | None = cache.get("transparency")
    if found is None:
        found = figures()
        cache.set("transparency", found, KEPT_SECONDS)
    return found


def kept_marks() -> tuple[int, list[Mark]]:
    """Return how often a party had to decide, and when; a minute old at most."""
    found: tuple[int, list[Mark]] | None = cache.get("transparency-marks")
    if found is None:
        found = marks()
        cache.set("transparency-marks", found, KEPT_SECONDS)
    return found


def figures() -> list[Figure]:
    """Return all there are, newest year first; six queries."""
    found = [
        *_counts(Report.objects, "reports", "reason"),
        *_decisions(),
        *_hours_to_decision(),
        *_appeals(),
        *_strikes(),
    ]
    return sorted(found, key=lambda one: (-one.year, one.name, one.kind))


def _counts(rows: Any, name: str, column: str) -> Iterable[Figure]:
    grouped = rows.annotate(**YEAR).order_by().values("year", column).annotate(count=Count("pk"))
    return [Figure(row["year"], name, str(row[column]), row["count"]) for row in grouped]


def _decisions() -> Iterable[Figure]:
    columns = ("kind", "ground", "source", "automated")
    rows = Decision.objects.annotate(**YEAR).order_by().values("year", *columns)
    sums: dict[tuple[int, str, str], int] = {}
    for row in rows.annotate(count=Count("pk")):
        automated = "automated" if row["automated"] else "by a person"
        for name, kind in (
            ("decisions", row["kind"]),
            ("decisions by ground", row["ground"] or "none"),
            ("decisions by source", row["source"]),
            ("decisions by who", automated),
        ):
            key = (row["year"], name, kind)
            sums[key] = sums.get(key, 0) + row["count"]
    return [Figure(*key, value) for key, value in sums.items()]


def _hours_to_decision() -> Iterable[Figure]:
    """The middle of the hours between the first report of a case and what was decided first."""
    first = Decision.objects.filter(case=OuterRef("case")).order_by("pk").values("created_at")[:1]
    cases = (
        Report.objects.order_by()
        .values("case")
        .annotate(begun=Min("created_at"), decided=Subquery(first))
    )
    times: dict[int, list[timedelta]] = {}
    for row in cases.filter(decided__gte=F("begun")).values_list("begun", "decided"):
        times.setdefault(timezone.localtime(row[1]).year, []).append(row[1] - row[0])
    return [
        Figure(year, "hours from report to decision", "median", _hours(sorted(found)))
        for year, found in times.items()
    ]


def _appeals() -> Iterable[Figure]:
    made: Any = Appeal.objects
    rows = made.annotate(**YEAR).order_by().values("year")
    sums = rows.annotate(
        made=Count("pk"),
        answered=Count("answered_at"),
        undone=Count("led_to", filter=Q(by_reporter=False)),
        followed=Count("led_to", filter=Q(by_reporter=True)),
        theirs=Count("pk", filter=Q(by_reporter=False)),
        reporters=Count("pk", filter=Q(by_reporter=True)),
        against=Count("pk", filter=STRUCK),
        lifted=Count("led_to", filter=STRUCK),
        wait=Median(F("answered_at") - F("created_at")),
    )
    found = []
    for row in sums:
        for kind in ("made", "answered", "undone"):
            found.append(Figure(row["year"], "appeals", kind, row[kind]))
        found += [
            Figure(row["year"], "appeals", "acted on after all", row["followed"]),
            Figure(row["year"], "appeals by whom", "whom it touches", row["theirs"]),
            Figure(row["year"], "appeals by whom", "who reported", row["reporters"]),
        ]
        for kind, count in (("made", row["against"]), ("undone", row["lifted"])):
            if row["against"]:
                found.append(Figure(row["year"], "appeals of strikes", kind, count))
        if row["wait"] is not None:
            hours = round(row["wait"].total_seconds() / 3600, 1)
            found.append(Figure(row["year"], "hours from appeal to answer", "median", hours))
    return found


def _strikes() -> Iterable[Figure]:
    """What counted, in the year of its beginning and of its end; and whom that held."""
    given: Any = Strike.objects.annotate(
        given=ExtractYear("created_at"),
        withdrawn=ExtractYear(Least("withdrawn_at", "decision__undone_by__created_at")),
        over=F("created_at") + POLICY.counts_for,
    )
    expired = Case(When(over__lte=timezone.now(), then=ExtractYear("over")))
    moments = given.annotate(expired=expired).order_by().values("given", "withdrawn", "expired")
    sums: dict[tuple[int, str], int] = {}
    for row in moments.annotate(count=Count("pk")):
        end = "withdrawn" if row["withdrawn"] else "expired"
        for kind in ("given", end):
            if year := row[kind]:
                sums[year, kind] = sums.get((year, kind), 0) + row["count"]
    found = [Figure(year, "strikes", kind, count) for (year, kind), count in sums.items()]
    holds: Any = Decision.objects.filter(kind=Decision.Kind.HOLD, scope=Scope.PERSON)
    years = holds.annotate(**YEAR).order_by().values_list("year")
    held = years.annotate(count=Count("person", distinct=True))
    return found + [Figure(year, "strikes", "people held", count) for year, count in held]


def _hours(times: list[timedelta]) -> float:
    middle = times[(len(times) - 1) // 2] + times[len(times) // 2]
    return round(middle.total_seconds() / 2 / 3600, 1)
