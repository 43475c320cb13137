"""What comes round: nothing waits forever, nothing is left behind."""

import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now

from config.lib.kept import forget_rows
from media_pipeline import free_space
from media_pipeline.jobs.services import waiting
from media_pipeline.jobs.services.kinds import QUEUES
from media_pipeline.models import Asset, Job, Rendition
from media_pipeline.storage import get_storage

STALE_SECONDS = 30  # a folder nobody has touched for so long, of an attempt that does not run
OLD_ATTEMPTS_AFTER = timedelta(days=3)  # a signature lives a day at most
ASSETS_PER_SWEEP = 200
DONE_KEPT, FAILED_KEPT = timedelta(days=1), timedelta(days=30)


def sweep_jobs() -> None:
    """Let the jobs that wait for room say so while the disk is full, and go on when it is not."""
    if free_space.is_short():
        waiting.put_off(QUEUES)
    else:
        waiting.go_on(QUEUES)


def sweep_attempts() -> int:
    """Delete outputs of attempts that no listener can reach any more; return how many."""
    ended = Job.objects.exclude(state__in=[Job.State.PENDING, Job.State.RUNNING]).filter(
        finished_at__lt=Now() - OLD_ATTEMPTS_AFTER, asset__isnull=False
    )
    dead = ended.filter(~Q(left_attempts=[]) | ~Q(state=Job.State.SUCCEEDED) & ~Q(attempt_key=""))
    deleted = 0
    for job in dead.select_related("asset").order_by("finished_at")[:ASSETS_PER_SWEEP]:
        for attempt in {*job.left_attempts, job.attempt_key} - _published(job.file) - {""}:
            get_storage().delete_prefix(job.file.prefix_of(attempt))
            deleted += 1
        ended.filter(pk=job.pk).update(
            left_attempts=[],
            attempt_key=job.attempt_key if job.state == Job.State.SUCCEEDED else "",
        )
    return deleted


def forget_ended(now: datetime, most: int) -> int:
    """Forget up to `most` jobs without an asset: done for a day, failed for 30; return how many."""
    done = Q(state=Job.State.SUCCEEDED, finished_at__lt=now - DONE_KEPT)
    bad = Q(state__in=[Job.State.FAILED, Job.State.QUARANTINED])
    bad &= Q(finished_at__lt=now - FAILED_KEPT)
    return forget_rows(Job.objects.filter(done | bad, asset=None), most)


def sweep_workspaces() -> int:
    """Delete the folders of attempts whose worker was killed; return how many."""
    running = set(Job.objects.filter(state=Job.State.RUNNING).values_list("attempt_key", flat=True))
    stale = [
        folder
        for folder in Path(settings.NEXUS_WORK_DIR).glob("*")
        if folder.name not in running and time.time() - folder.stat().st_mtime > STALE_SECONDS
    ]
    for folder in stale:
        shutil.rmtree(folder, ignore_errors=True)
    return len(stale)


def _published(asset: Asset) -> set[str]:
    renditions = Rendition.objects.filter(asset=asset).values_list("attempt", flat=True)
    return {asset.attempt, asset.extras_attempt, *renditions}
