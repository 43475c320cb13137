"""For how long the machine keeps its own rows."""

from datetime import datetime, timedelta

from config.lib.kept import Rule, forget_rows, register_rule
from media_pipeline.events.services import forget_old
from media_pipeline.jobs.services.sweeping import forget_ended as forget_ended_jobs
from media_pipeline.models import Backup
from media_pipeline.uploads.services.sweep import forget_ended as forget_ended_uploads

BACKUPS_KEPT = timedelta(days=400)


def forget_backups(now: datetime, most: int) -> int:
    """Forget old runs; the newest of each kind that went well stays, however old."""
    newest = [
        Backup.objects.filter(kind=kind, state=Backup.State.SUCCEEDED)
        .order_by("-finished_at")
        .values_list("pk", flat=True)
        .first()
        for kind in Backup.Kind.values
    ]
    rows = Backup.objects.exclude(state=Backup.State.RUNNING).exclude(pk__in=filter(None, newest))
    return forget_rows(rows.filter(started_at__lt=now - BACKUPS_KEPT), most)


def register_all() -> None:
    """Say so."""
    sentence = "What has happened is kept for 30 days."
    register_rule(Rule("events", ("media_pipeline.Event",), sentence, forget_old))
    sentence = "Uploads that ended and became nothing are forgotten after 30 days."
    register_rule(Rule("uploads", ("media_pipeline.Upload",), sentence, forget_ended_uploads))
    sentence = "Work about nobody’s file is forgotten a day after it was done, 30 after it failed."
    register_rule(Rule("jobs", ("media_pipeline.Job",), sentence, forget_ended_jobs))
    sentence = "Runs of backups are listed for 400 days, the newest of each kind for longer."
    register_rule(Rule("backups", ("media_pipeline.Backup",), sentence, forget_backups))
