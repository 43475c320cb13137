"""The life of a job's row up to its claim (its ends: `ending`). Messages only save time."""

import json
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Func, Model, When
from django.db.models.functions import Now

from config.lib import queue
from media_pipeline.jobs.services import ending
from media_pipeline.jobs.services.kinds import KINDS
from media_pipeline.jobs.services.leases import Lease, lease_end
from media_pipeline.models import Asset, Job

OVERDUE_SECONDS = 2.0  # whoever is awake has claimed by then


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
    payload of more than its kind carries, KeyError for a kind nobody has registered.
    """
    found = KINDS[kind]
    if len(json.dumps(payload or {}).encode()) > found.payload_bytes:
        raise ValueError(f"The payload of a job of {kind} is over {found.payload_bytes} bytes.")
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
    ending.recover(Job.objects.filter(pk=job_id))
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


def _with_last_attempt() -> Case:
    field = Job._meta.get_field("left_attempts")
    appended = Func(
        F("left_attempts"), F("attempt_key"), function="array_append", output_field=field
    )
    return Case(When(attempt_key="", then=F("left_attempts")), default=appended)
