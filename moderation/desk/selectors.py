"""What a moderator finds: the queue by its clock, a case with both sides of it, what is near."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.http import urlencode

from config.lib.paging import moment_cursor, read_moment_cursor
from moderation.cases.registry import WAITING
from moderation.models import RESTRICTS, Appeal, Case, Decision, Report, SavedFilter
from social.models import User

QUEUE_SIZE = 50
COUNTED_MOST = 5_000
NEAR_MOST = 20


@dataclass(frozen=True)
class Filters:
    """What of the queue is asked for; each is a word of the address, empty for all."""

    state: str = Case.State.OPEN
    reason: str = ""
    target: str = ""
    whose: str = ""  # "mine", "nobodys"
    waiting: str = ""  # one of `cases.registry.WAITING`

    @property
    def query(self) -> str:
        """Return them as the query of an address, the same for the same filters."""
        return urlencode(sorted((name, word) for name, word in vars(self).items() if word))


def queue(filters: Filters, user: User, after: str = "") -> tuple[list[Any], str]:
    """Return a page of cases, the one that is due first on top, and the cursor of the next.

    No score hides one. One query.
    """
    marks = {f"waits_{kind.name}": kind.condition() for kind in WAITING.values()}
    rows: Any = Case.objects.filter(_asked(filters, user)).annotate(
        **marks, count=Count("reports", distinct=True)
    )
    if after:
        moment, key = read_moment_cursor(after)
        rows = rows.filter(Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=key))
    if filters.waiting in WAITING:
        rows = rows.filter(**{f"waits_{filters.waiting}": True})
    ordered = rows.select_related("person", "assigned_to").order_by("due_at", "pk")
    found = list(ordered[: QUEUE_SIZE + 1])
    shown = found[:QUEUE_SIZE]
    for row in shown:
        row.marks = [one.mark for one in WAITING.values() if getattr(row, f"waits_{one.name}")]
    return shown, _cursor(shown[-1]) if len(found) > QUEUE_SIZE else ""


def keys_of(filters: Filters, user: User, until: datetime | None = None) -> set[Any]:
    """Return the ids of the newest cases that a queue shows, up to a moment. One query."""
    rows = Case.objects.filter(_asked(filters, user))
    if filters.waiting in WAITING:
        rows = rows.filter(WAITING[filters.waiting].condition())
    if until:
        rows = rows.filter(opened_at__lte=until)
    return set(rows.order_by("-pk").values_list("pk", flat=True)[:COUNTED_MOST])


def _asked(filters: Filters, user: User) -> Q:
    asked = WAITING.get(filters.waiting)
    whatever = asked is not None and asked.is_asked_after_the_end
    query = Q(state=filters.state) if filters.state and not whatever else Q()
    for name in ("reason", "target"):
        if value := getattr(filters, name):
            query &= Q(**{name: value})
    if filters.whose == "mine":
        query &= Q(assigned_to=user)
    elif filters.whose == "nobodys":
        query &= Q(assigned_to=None)
    return query


def _cursor(case: Case) -> str:
    micros = round(case.due_at.timestamp() * 1_000_000)
    return moment_cursor(micros, case.pk)


def reports_of(case: Case) -> list[Any]:
    """Return the newest reports of a case, each with how many its reporter made before."""
    rows = case.reports.select_related("reporter").order_by("-pk")[:NEAR_MOST]
    found = list(rows)
    restricted = Exists(
        Decision.objects.filter(case=OuterRef("case"), kind__in=RESTRICTS, undone_by=None)
    )
    people = {one.reporter_id for one in found if one.reporter_id}
    sources = {one.source for one in found if not one.reporter_id}
    theirs = Q(reporter__in=people) | Q(reporter=None, source__in=sources)
    made = Report.objects.filter(theirs).exclude(case=case).annotate(led=restricted)
    counts: dict[Any, list[bool]] = {}
    for who, source, led in made.values_list("reporter", "source", "led")[:1000]:
        counts.setdefault(who or source, []).append(led)
    for one in found:
        before = counts.get(one.reporter_id or one.source, [])
        one.made_before, one.led_before = len(before), sum(before)  # type: ignore[attr-defined]
    return found


def decisions_near(case: Case) -> list[Any]:
    """Return what was decided about this thing, and about the same person, newest first."""
    near = Q(case=case) | Q(scope=case.target, target_id=case.target_id)
    if case.person_id:
        near |= Q(person=case.person_id)
    rows = Decision.objects.filter(near).select_related("by", "undone_by", "undoes")
    return list(rows.order_by("-pk")[:NEAR_MOST])


def cases_near(case: Case) -> list[Case]:
    """Return other cases of the same thing or person, newest first."""
    near = Q(target=case.target, target_id=case.target_id)
    if case.person_id:
        near |= Q(person=case.person_id)
    return list(Case.objects.filter(near).exclude(pk=case.pk).order_by("-pk")[:NEAR_MOST])


def appeals_of(case: Case) -> list[Appeal]:
    """Return the appeals that wait or were answered in this case, those that wait first."""
    rows = case.appeals.select_related("decision", "decision__by", "answered_by", "report")
    return sorted(rows, key=lambda one: (one.answered_at is not None, one.created_at))


def filters_of(user: User) -> list[SavedFilter]:
    """Return the filters that a moderator has saved, by their names."""
    return list(SavedFilter.objects.filter(moderator=user))
