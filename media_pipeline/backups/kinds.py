"""Backups and drills as jobs: by the clock, or asked for in the admin."""

import time
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from media_pipeline.backups import drills, progress, selectors, services
from media_pipeline.backups.errors import BackupError, SliceOver
from media_pipeline.backups.targets import Target, open_target
from media_pipeline.ffmpeg import Stopped
from media_pipeline.jobs.errors import Permanent
from media_pipeline.jobs.services import jobs
from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.jobs.services.schedules import register_round
from media_pipeline.models import Backup, Job

MAKE, DRILL = "backups.make", "backups.drill"
SLICE_SECONDS = 30.0  # then whatever else waits for this worker gets its turn
LONGEST_SECONDS = 24 * 3600


def ask(kind: str) -> Job:
    """Let a backup, or a drill, begin as soon as a worker is free; one that waits is the same."""
    job = jobs.enqueue(MAKE if kind == Backup.Kind.BACKUP else DRILL, key="site")
    transaction.on_commit(progress.tell)
    return job


def register_all() -> None:
    """Let the machine know. A backup is beside media work: what waits for it may wait a moment."""
    add = {"queue": "slow", "seconds": LONGEST_SECONDS, "max_attempts": 3}
    register(Kind(name=MAKE, do=_make, sentence="Keeps everything safe elsewhere", **add))  # type: ignore[arg-type]
    register(Kind(name=DRILL, do=_drill, sentence="Tries the newest backup", **add))  # type: ignore[arg-type]
    register_round(
        "backups", _come_round, "Begins the backup of the night", at=settings.NEXUS_BACKUP_HOUR
    )


def _come_round() -> None:
    """Begin what is due: a backup each night and, now and then, a drill of the newest."""
    if not settings.NEXUS_BACKUP_TARGET:
        return
    ask(Backup.Kind.BACKUP)
    days, last = settings.NEXUS_BACKUP_DRILL_DAYS, selectors.newest_at(Backup.Kind.DRILL)
    is_due = days and (last is None or timezone.now() - last > timedelta(days=days))
    if is_due and selectors.newest(Backup.Kind.BACKUP):
        ask(Backup.Kind.DRILL)


def _make(lease: Lease) -> None:
    target = _target()
    run = _run_of(lease, Backup.Kind.BACKUP, target)
    until = time.monotonic() + SLICE_SECONDS

    def pause() -> None:
        if lease.should_stop():
            raise Stopped
        if time.monotonic() > until:
            raise SliceOver

    try:
        services.make(run, target, pause=pause)
    except SliceOver:
        lease.hand_back(run_after=Now())
        jobs.wake(lease.job)
    except BackupError as error:
        raise Permanent("backup-failed", str(error)) from error


def _drill(lease: Lease) -> None:
    target = _target()

    def pause() -> None:
        if lease.should_stop():
            raise Stopped

    try:
        run = _run_of(lease, Backup.Kind.DRILL, target, drills.newest_name(target))
        drills.drill(run, target, pause=pause)
    except BackupError as error:
        raise Permanent("drill-failed", str(error)) from error


def _target() -> Target:
    try:
        return open_target()
    except BackupError as error:
        raise Permanent("backup-failed", str(error)) from error


def _run_of(lease: Lease, kind: str, target: Target, name: str = "") -> Backup:
    """Return the run that this job has begun and not ended, or begin one."""
    begun = lease.job.payload.get("run")
    if begun:
        run = Backup.objects.filter(pk=UUID(begun), state=Backup.State.RUNNING).first()
        if run is not None and run.target == str(target):
            return run
    try:
        with transaction.atomic():
            run = services.begin(kind, target, name)
            lease.write(payload={"run": str(run.pk)})
    except BackupError as error:
        raise Permanent("backup-failed", str(error)) from error
    return run
