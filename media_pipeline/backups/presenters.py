"""How backups stand, for the administration's page."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from media_pipeline.models import Backup, Job, Schedule

JOBS = ("backups.make", "backups.drill")


def standing() -> dict[str, Any]:
    """Return the last backup and drill, what is under way or waits, and what is set."""
    jobs = Job.objects.filter(
        kind__in=JOBS, state__in=[Job.State.PENDING, Job.State.RUNNING]
    ).order_by("created_at")
    running = Backup.objects.filter(state=Backup.State.RUNNING).first()
    schedule = Schedule.objects.filter(kind="backups").first()
    return {
        "target": settings.NEXUS_BACKUP_TARGET,
        "keep": settings.NEXUS_BACKUP_KEEP,
        **_ended(),
        "running": running,
        "waiting": [] if running else list(jobs),
        "next_at": schedule.next_at if schedule else None,
    }


def fragment() -> str:
    """Return the part of the page that changes."""
    return render_to_string("admin/backups/_standing.html", {"standing": standing()})


def _ended() -> dict[str, Backup | None]:
    """Return the newest good run of each kind, and the last run of all where it went wrong."""
    ended = Backup.objects.exclude(state=Backup.State.RUNNING)
    runs = list(
        ended.order_by("kind", "state", "-finished_at").distinct("kind", "state")
    )  # at most four
    good = {run.kind: run for run in runs if run.state == Backup.State.SUCCEEDED}
    last = max(runs, key=lambda run: run.finished_at or run.started_at, default=None)
    return {
        "backup": good.get(Backup.Kind.BACKUP),
        "drill": good.get(Backup.Kind.DRILL),
        "failed": last if last and last.state == Backup.State.FAILED else None,
    }
