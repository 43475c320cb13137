"""How each kind of work stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict

from django.db.models import Count, Min, Q
from django.utils import timezone

from media_pipeline.jobs.services.kinds import KINDS
from media_pipeline.models import Job, Schedule


class KindOverview(TypedDict):
    """How one kind of job stands; ages in whole seconds, None when nothing waits."""

    kind: str
    sentence: str
    queue: str
    waiting: int
    planned: int
    running: int
    failed: int
    oldest_seconds: int | None
    next_at: datetime | None


def overview() -> list[KindOverview]:
    """Return every kind that is registered or has rows, by queue and name. Two queries."""
    now = timezone.now()
    pending = Q(state=Job.State.PENDING)
    counts = {
        row["kind"]: row
        for row in Job.objects.order_by()
        .exclude(state=Job.State.SUCCEEDED)
        .values("kind")
        .annotate(
            waiting=Count("pk", filter=pending & Q(run_after__lte=now)),
            planned=Count("pk", filter=pending & Q(run_after__gt=now)),
            running=Count("pk", filter=Q(state=Job.State.RUNNING)),
            failed=Count("pk", filter=Q(state__in=[Job.State.FAILED, Job.State.QUARANTINED])),
            oldest=Min("run_after", filter=pending & Q(run_after__lte=now)),
        )
    }
    rounds = dict(Schedule.objects.values_list("kind", "next_at"))
    rows = [_row(kind, counts.get(kind, {}), rounds.get(kind), now) for kind in {*KINDS, *counts}]
    return sorted(rows, key=lambda row: (row["queue"], row["kind"]))


def _row(
    kind: str, row: Mapping[str, Any], next_at: datetime | None, now: datetime
) -> KindOverview:
    known = KINDS.get(kind)
    oldest = row.get("oldest")
    return {
        "kind": kind,
        "sentence": known.sentence if known else "Nobody does this any more.",
        "queue": known.queue if known else "",
        "waiting": row.get("waiting", 0),
        "planned": row.get("planned", 0),
        "running": row.get("running", 0),
        "failed": row.get("failed", 0),
        "oldest_seconds": int((now - oldest).total_seconds()) if oldest else None,
        "next_at": next_at,
    }
