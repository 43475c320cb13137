"""The ends of a job: done, failed, crashed; tried again later, by itself or by a person."""

import random
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from config.lib import queue
from config.lib.problems import Problem
from media_pipeline.jobs.services.announcing import announce, changed
from media_pipeline.jobs.services.kinds import KINDS
from media_pipeline.jobs.services.leases import STDERR_KEPT, UNLEASED, Lease
from media_pipeline.models import Asset, Job, Rendition
from media_pipeline.signals import asset_queued

CRASHES_MAX = 3
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 3600.0  # seconds before what may pass by itself is tried again
TRIED_IN_VAIN = "This was tried {} times and did not work. Its last error: {}"


def done(lease: Lease, **fields: Any) -> None:
    """End a job that has succeeded; one that was asked for again meanwhile waits once more."""
    clean = {"progress": 100, "stage": "", "error_code": "", "error": "", "failures": 0}
    with transaction.atomic():
        lease.end(Job.State.SUCCEEDED, **clean | fields)
        again = Job.objects.filter(pk=lease.job.pk, asked_again=True).update(
            state=Job.State.PENDING, asked_again=False, run_after=Now(), finished_at=None
        )
        if again:
            queue.wake(lease.job.queue)


def later(lease: Lease, code: str, sentence: str, after: float | None = None) -> None:
    """Let a job wait that met what passes by itself, longer each time; in the end it fails.

    `after` is how many seconds the other side has asked for, if it has.
    """
    job = lease.job
    failures = job.failures + 1
    if failures >= job.max_attempts:
        fail(lease, code, TRIED_IN_VAIN.format(failures, sentence))
        return
    pause = max(after or 0.0, pause_after(failures))
    due = Now() + timedelta(seconds=pause)
    lease.write(
        state=Job.State.PENDING,
        failures=failures,
        run_after=due,
        error_code=code,
        error=sentence,
        **UNLEASED,
    )


def pause_after(failures: int) -> float:
    """Return the seconds to wait after so many errors: exponential, with equal jitter.

    Half is certain and half is chance, so that what failed together does not return together
    (Brooker, "Exponential Backoff And Jitter", 2015).
    """
    whole = min(LONGEST_PAUSE, FIRST_PAUSE * 4.0 ** (failures - 1))
    return whole / 2 + random.uniform(0, whole / 2)  # noqa: S311 - no secret


def fail(lease: Lease, code: str, sentence: str, stderr: str = "") -> None:
    """End a job that can never succeed as it is, and say why."""
    with transaction.atomic():
        lease.end(
            Job.State.FAILED,
            error_code=code,
            error=sentence,
            stderr_tail=stderr.replace("\0", "")[-STDERR_KEPT:],
        )
        _give_up(lease.job)


def crash(lease: Lease, words: str) -> None:
    """Count a crash against a job whose work ended in an error of ours: later again, or no more."""
    with lease.fence():
        job = Job.objects.get(pk=lease.job.pk)
        job.stderr_tail = words.replace("\0", "")[-STDERR_KEPT:]
        _count_crash(job)


def recover(jobs: QuerySet[Job]) -> int:
    """Count a crash for each of these whose lease has run out; return how many there were."""
    with transaction.atomic():
        lost = jobs.filter(state=Job.State.RUNNING, lease_until__lt=Now())
        found = list(lost.select_for_update(skip_locked=True, of=("self",)))
        for job in found:
            _count_crash(job)
            if job.is_live:
                queue.wake(job.queue)
    return len(found)


def retry(job: Job) -> Job:
    """Queue a job again that had ended badly, with a clean slate.

    Raises Problem `job-not-retryable` when there is nothing to try again.
    """
    ended = Job.objects.filter(pk=job.pk, state__in=[Job.State.FAILED, Job.State.QUARANTINED])
    try:
        with transaction.atomic():
            won = ended.update(
                state=Job.State.PENDING,
                crash_count=0,
                failures=0,
                stage="",
                progress=0,
                error_code="",
                error="",
                stderr_tail="",
                finished_at=None,
                run_after=Now(),
            )
            if won:
                queue.wake(job.queue)
                if job.asset:
                    announce(asset_queued, job.asset)
    except IntegrityError:  # another job of its kind is under way
        won = 0
    if not won:
        raise Problem(
            "job-not-retryable", "Only work that has failed can be tried again.", status=409
        )
    job.refresh_from_db()
    return job


def discard(job: Job) -> None:
    """Delete a job that has ended badly: nobody waits for it any more.

    Raises Problem `job-not-retryable` for one of an asset, whose owner is told by it, or that has
    not failed.
    """
    ended = Job.objects.filter(pk=job.pk, state__in=[Job.State.FAILED, Job.State.QUARANTINED])
    if not ended.filter(asset=None).delete()[0]:
        raise Problem(
            "job-not-retryable",
            "Only work that has failed, and is not about somebody's file, can be discarded.",
            status=409,
        )


def take_back(job: Job) -> None:
    """Point listeners to nothing any more, unless the piece was whole once."""
    unfinished = Asset.objects.filter(jobs=job.pk, ready_at=None)
    if unfinished.update(attempt="", playable_at=None):
        Rendition.objects.filter(asset=job.file).delete()


def told(job: Job) -> None:
    """Tell those who watch the job's asset, if it has one, to look at its rows again."""
    if job.asset_id:
        changed(job.asset_id)


def _count_crash(job: Job) -> None:
    """Write a crash into a row that the caller has locked: waiting again, or quarantined."""
    job.crash_count += 1
    fields = dict(UNLEASED, crash_count=job.crash_count, stderr_tail=job.stderr_tail)
    if job.crash_count < CRASHES_MAX:
        job.state = Job.State.PENDING
        Job.objects.filter(pk=job.pk).update(state=job.state, run_after=Now(), **fields)
        told(job)
        return
    job.state = Job.State.QUARANTINED
    crashed = KINDS[job.kind].crashed if job.kind in KINDS else ""
    fields |= {"error_code": "crashed", "error": crashed, "finished_at": Now()}
    Job.objects.filter(pk=job.pk).update(state=job.state, **fields)
    _give_up(job)


def _give_up(job: Job) -> None:
    """Let its app know that a job has ended badly, and whoever watches."""
    if job.kind in KINDS:
        KINDS[job.kind].gave_up(job)
    told(job)
