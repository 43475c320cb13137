"""The life of a job's row: queued, claimed, ended, tried again. Messages only save time."""

import secrets
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Func, QuerySet, When
from django.db.models.functions import Now

from config.lib import queue
from config.lib.problems import Problem
from media_pipeline.jobs.services.announcing import announce, changed
from media_pipeline.jobs.services.leases import STDERR_KEPT, UNLEASED, Lease, lease_end
from media_pipeline.models import Asset, Job, Rendition
from media_pipeline.signals import asset_failed, asset_queued

CRASHES_MAX = 3
ACTORS = {
    Job.Kind.PROCESS: ("process_asset", "fast"),
    Job.Kind.EXTRAS: ("make_extras", "slow"),
    Job.Kind.VISUAL: ("make_visual", "visual"),
}
CRASHED = (
    "This piece stopped the machine three times, so it was put aside. "
    "Try again, or upload another export of it."
)


def enqueue(*, kind: str, asset: Asset) -> Job:
    """Add a job in the caller's transaction and wake a worker once that has committed.

    While a job of this kind for this asset is waiting or running, that one is returned.
    """
    key = f"{kind}:{asset.pk}"
    try:
        with transaction.atomic():
            job = Job.objects.create(kind=kind, asset=asset, dedupe_key=key, woken_at=Now())
    except IntegrityError:
        return Job.objects.filter(dedupe_key=key).latest("created_at")
    wake(job)
    return job


def wake(job: Job) -> None:
    """Send a worker the id of this job, on commit."""
    actor, name = ACTORS[Job.Kind(job.kind)]
    queue.send(actor, str(job.pk), queue=name)


def claim(job_id: str | UUID) -> Lease | None:
    """Take a waiting job, or one whose lease has run out; None when there is nothing to do.

    One compare-and-set decides among many. The attempt is counted now, so that a crash counts.
    """
    recover(Job.objects.filter(pk=job_id))
    token = uuid4()
    won = Job.objects.filter(pk=job_id, state=Job.State.PENDING).update(
        state=Job.State.RUNNING,
        attempt=F("attempt") + 1,
        attempt_key=secrets.token_hex(8),
        left_attempts=_with_last_attempt(),
        lease_token=token,
        lease_until=lease_end(),
        heartbeat_at=Now(),
        started_at=Now(),
        stage="",
        progress=0,
        seconds_left=None,
        error_code="",
        error="",
    )
    if not won:
        return None
    return Lease(Job.objects.select_related("asset").get(pk=job_id), token)


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
                wake(job)
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
                stage="",
                progress=0,
                error_code="",
                error="",
                stderr_tail="",
                finished_at=None,
                woken_at=Now(),
            )
            if won:
                wake(job)
                announce(asset_queued, job.asset)
    except IntegrityError:  # another job of its kind is under way
        won = 0
    if not won:
        raise Problem(
            "job-not-retryable", "Only work that has failed can be tried again.", status=409
        )
    job.refresh_from_db()
    return job


def take_back(job: Job) -> None:
    """Point listeners to nothing any more, unless the piece was whole once."""
    unfinished = Asset.objects.filter(pk=job.asset_id, ready_at=None)
    if unfinished.update(attempt="", playable_at=None):
        Rendition.objects.filter(asset_id=job.asset_id).delete()


def _count_crash(job: Job) -> None:
    """Write a crash into a row that the caller has locked: waiting again, or quarantined."""
    job.crash_count += 1
    fields = dict(UNLEASED, crash_count=job.crash_count, stderr_tail=job.stderr_tail)
    if job.crash_count < CRASHES_MAX:
        job.state = Job.State.PENDING
        Job.objects.filter(pk=job.pk).update(state=job.state, woken_at=Now(), **fields)
        changed(job.asset_id)
        return
    job.state = Job.State.QUARANTINED
    fields |= {"error_code": "crashed", "error": CRASHED, "finished_at": Now()}
    Job.objects.filter(pk=job.pk).update(state=job.state, **fields)
    _give_up(job)


def _give_up(job: Job) -> None:
    """Take back the beginning of a piece that has no end; extras never harm the version."""
    if job.kind != Job.Kind.PROCESS:
        changed(job.asset_id)
        return
    take_back(job)
    announce(asset_failed, job.asset)


def _with_last_attempt() -> Case:
    field = Job._meta.get_field("left_attempts")
    appended = Func(
        F("left_attempts"), F("attempt_key"), function="array_append", output_field=field
    )
    return Case(When(attempt_key="", then=F("left_attempts")), default=appended)
