"""The life of a job's row: queued, claimed, ended, tried again. Messages only save time."""

import json
import random
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Func, Model, QuerySet, When
from django.db.models.functions import Now

from config.lib import queue
from config.lib.problems import Problem
from media_pipeline.jobs.services.announcing import announce, changed
from media_pipeline.jobs.services.kinds import KINDS
from media_pipeline.jobs.services.leases import STDERR_KEPT, UNLEASED, Lease, lease_end
from media_pipeline.models import Asset, Job, Rendition
from media_pipeline.signals import asset_queued

CRASHES_MAX = 3
OVERDUE_SECONDS = 2.0  # whoever is awake has claimed by then
PAYLOAD_BYTES = 4096
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 3600.0  # seconds before what may pass by itself is tried again
TRIED_IN_VAIN = "This was tried {} times and did not work. Its last error: {}"


def enqueue(
    kind: str,
    *,
    asset: Asset | None = None,
    subject: Model | None = None,
    payload: dict[str, Any] | None = None,
    run_after: datetime | None = None,
    key: str = "",
) -> Job:
    """Add a job in the caller's transaction and wake a worker once that has committed.

    While a job of this kind for this asset, subject or `key` is waiting or running, that one is
    returned; one that runs is run once more when its kind `catches_up`. Raises ValueError for a
    payload of more than 4 KB, KeyError for a kind nobody has registered.
    """
    found = KINDS[kind]
    if len(json.dumps(payload or {}).encode()) > PAYLOAD_BYTES:
        raise ValueError(f"The payload of a job of {kind} is over {PAYLOAD_BYTES} bytes.")
    words = {"subject_type": subject._meta.label, "subject_id": str(subject.pk)} if subject else {}
    about = key or ":".join(words.values()) or (str(asset.pk) if asset else "")
    key = f"{kind}:{about}"
    times = {"run_after": run_after} if run_after else {}
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind,
                queue=found.queue,
                asset=asset,
                payload=payload or {},
                dedupe_key=key,
                max_attempts=found.max_attempts,
                **words,
                **times,
            )
    except IntegrityError:
        return _under_way(key, found.catches_up)
    if not run_after:
        wake(job)
    return job


def _under_way(key: str, asks_again: bool) -> Job:
    """Return the job that is waiting or running; ask one that runs for one more run."""
    if asks_again:
        Job.objects.filter(dedupe_key=key, state=Job.State.RUNNING).update(asked_again=True)
    return Job.objects.filter(dedupe_key=key).latest("created_at")


def wake(job: Job) -> None:
    """Wake a worker that does jobs of this kind, on commit."""
    queue.wake(job.queue)


def wake_overdue() -> None:
    """Wake workers whose jobs wait for nothing: the call that woke them was lost, with Redis, say.

    One look for all workers, in place of one that each of them would take as often.
    """
    overdue = Job.objects.filter(
        state=Job.State.PENDING, run_after__lte=Now() - timedelta(seconds=OVERDUE_SECONDS)
    )
    for name in overdue.order_by().values_list("queue", flat=True).distinct():
        queue.wake(name)


def claim_next(queues: Sequence[str], *, without: Collection[str] = ()) -> Lease | None:
    """Take the job that is due longest, of the first queue that has one; None when none has.

    One that has crashed stands behind all that were due by then: it delays nobody.

    `without` names kinds that are left waiting. Of many workers each takes another job.
    """
    for name in queues:
        with transaction.atomic():
            due = Job.objects.filter(queue=name, state=Job.State.PENDING, run_after__lte=Now())
            row = (
                due.exclude(kind__in=without)
                .order_by("run_after", "created_at")
                .values_list("pk", flat=True)
            )
            pk = row.select_for_update(skip_locked=True).first()
            lease = _take(pk) if pk else None
        if lease:
            return lease
    return None


def claim(job_id: str | UUID) -> Lease | None:
    """Take one waiting job, or one whose lease has run out; None when there is nothing to do."""
    recover(Job.objects.filter(pk=job_id))
    return _take(job_id)


def _take(job_id: str | UUID) -> Lease | None:
    """Begin an attempt: one compare-and-set decides among many, and it is counted now."""
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
        asked_again=False,
        error_code="",
        error="",
    )
    if not won:
        return None
    return Lease(Job.objects.select_related("asset").get(pk=job_id), token)


def done(lease: Lease, **fields: Any) -> None:
    """End a job that has succeeded; one that was asked for again meanwhile waits once more."""
    clean = {"progress": 100, "stage": "", "error_code": "", "error": "", "failures": 0}
    with transaction.atomic():
        lease.end(Job.State.SUCCEEDED, **clean | fields)
        again = Job.objects.filter(pk=lease.job.pk, asked_again=True).update(
            state=Job.State.PENDING, asked_again=False, run_after=Now(), finished_at=None
        )
        if again:
            wake(lease.job)


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
                wake(job)
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


def _with_last_attempt() -> Case:
    field = Job._meta.get_field("left_attempts")
    appended = Func(
        F("left_attempts"), F("attempt_key"), function="array_append", output_field=field
    )
    return Case(When(attempt_key="", then=F("left_attempts")), default=appended)
