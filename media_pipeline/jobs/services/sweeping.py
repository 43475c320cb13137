"""What the scheduler calls: nothing waits forever, nothing is left behind."""

import shutil
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from config.lib import env
from media_pipeline import free_space
from media_pipeline.jobs.services import waiting
from media_pipeline.jobs.services.jobs import recover
from media_pipeline.locks import try_lock
from media_pipeline.models import Asset, Job, Rendition
from media_pipeline.storage import get_storage

RESEND_SECONDS = env.number("NEXUS_RESEND_SECONDS", 30)
RESEND_MOST = 20  # per queue and sweep, the oldest first: more would only pile up
OLD_ATTEMPTS_AFTER = timedelta(days=3)  # a signature lives a day at most
ASSETS_PER_SWEEP = 200


def sweep_jobs() -> None:
    """Recover jobs whose worker has died and wake workers for those whose message was lost.

    While the disk is full nobody is woken, and those that wait say why.
    """
    with transaction.atomic():
        if not try_lock("sweep-jobs"):
            return
        recover(Job.objects.all())
        short = free_space.is_short()
        lost = Q(woken_at__isnull=True) | Q(woken_at__lt=Now() - timedelta(seconds=RESEND_SECONDS))
        for kind in Job.Kind:
            pending = Job.objects.filter(kind=kind, state=Job.State.PENDING).order_by("created_at")
            if short:
                unsaid = pending.filter(lost).exclude(error_code=waiting.CODE)
                for job in unsaid[:RESEND_MOST]:
                    waiting.put_off(job.pk)
            else:
                waiting.wake_all(pending.filter(lost | waiting.due())[:RESEND_MOST])


def sweep_attempts() -> int:
    """Delete outputs of attempts that no listener can reach any more; return how many."""
    ended = Job.objects.exclude(state__in=[Job.State.PENDING, Job.State.RUNNING]).filter(
        finished_at__lt=Now() - OLD_ATTEMPTS_AFTER
    )
    dead = ended.filter(~Q(left_attempts=[]) | ~Q(state=Job.State.SUCCEEDED) & ~Q(attempt_key=""))
    deleted = 0
    for job in dead.select_related("asset").order_by("finished_at")[:ASSETS_PER_SWEEP]:
        for attempt in {*job.left_attempts, job.attempt_key} - _published(job.asset) - {""}:
            get_storage().delete_prefix(job.asset.prefix_of(attempt))
            deleted += 1
        ended.filter(pk=job.pk).update(
            left_attempts=[],
            attempt_key=job.attempt_key if job.state == Job.State.SUCCEEDED else "",
        )
    return deleted


def sweep_workspaces() -> int:
    """Delete the folders of attempts whose worker was killed; return how many."""
    running = set(Job.objects.filter(state=Job.State.RUNNING).values_list("attempt_key", flat=True))
    stale = [
        folder
        for folder in Path(settings.NEXUS_WORK_DIR).glob("*")
        if folder.name not in running and time.time() - folder.stat().st_mtime > RESEND_SECONDS
    ]
    for folder in stale:
        shutil.rmtree(folder, ignore_errors=True)
    return len(stale)


def _published(asset: Asset) -> set[str]:
    renditions = Rendition.objects.filter(asset=asset).values_list("attempt", flat=True)
    return {asset.attempt, asset.extras_attempt, *renditions}
