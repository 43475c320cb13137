"""One job from its claim to its end, whatever happens in between."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings

from config.lib import disk
from config.lib.outages import DATABASE_ERRORS, outage_of
from media_pipeline import faults, ffmpeg, free_space, sandbox
from media_pipeline.jobs.errors import Permanent, Transient
from media_pipeline.jobs.services import ending, jobs, waiting
from media_pipeline.jobs.services.kinds import KINDS
from media_pipeline.jobs.services.leases import Lease, LeaseLost, stopping
from media_pipeline.models import Job
from media_pipeline.steps.errors import Refused
from media_pipeline.storage import get_storage

logger = logging.getLogger(__name__)

OURS = {"cannot-start", "signal"}  # the machine's fault, perhaps: worth another attempt
AWAY_PAUSE_SECONDS = 1.0
TOO_DEMANDING = {"too-slow", "stalled", "memory"}


def warm_up() -> None:
    """Do at the start of a worker what would otherwise delay its first job."""
    ffmpeg.binary()
    sandbox.tier()
    get_storage()


def run_next(queues: Sequence[str]) -> bool:
    """Claim the next job of these queues and do it; False when nothing is due.

    While the disk is full no job that needs room is claimed.
    """
    lease = claim_next(queues)
    if lease is None:
        return False
    run(lease)
    return True


def claim_next(queues: Sequence[str]) -> Lease | None:
    """Take the next job of these queues that can be begun now."""
    if not free_space.is_short():
        return jobs.claim_next(queues)
    waiting.put_off(queues)
    return jobs.claim_next(queues, without=waiting.kinds())


def run_job(job_id: str | UUID) -> None:
    """Claim this very job and do it; does nothing when it is done, under way or gone."""
    if lease := jobs.claim(job_id):
        run(lease)


def run(lease: Lease) -> None:
    """Do a claimed job, and end it.

    What can never work fails with its reason; what may pass by itself is tried again later; an
    error of ours counts as a crash; SIGTERM hands the job back; a lost lease drops everything. One
    that meets a full disk waits: that is the site's state, and counts against nobody.
    """
    faults.point("job:claim", _name(lease.job))
    with suppress(LeaseLost), lease.kept(KINDS[lease.job.kind].seconds):
        _do(lease)


def _name(job: Job) -> str:
    return job.asset.filename if job.asset else job.kind


def _do(lease: Lease) -> None:
    try:
        KINDS[lease.job.kind].do(lease)
        faults.point("job:before-end", _name(lease.job))
        if not lease.ended:
            ending.done(lease)
        faults.point("job:after-end", _name(lease.job))
    except LeaseLost:
        raise
    except Exception as error:
        _insist(partial(_let_go, lease, error))


def _insist(write: Callable[[], None]) -> None:
    """Write how it ended, again and again while the database cannot: else it would look a crash."""
    while True:
        try:
            return write()
        except DATABASE_ERRORS as error:
            if outage_of(error) is None or stopping.wait(AWAY_PAUSE_SECONDS):
                raise


def _let_go(lease: Lease, error: Exception) -> None:
    match error:
        case _ if disk.is_full(error):
            logger.warning("Job %s waits: %s (%s)", lease.job.pk, disk.SENTENCE, error)
            disk.give_up_kept(Path(settings.STATE_DIR))
            waiting.hand_back(lease)
        case ffmpeg.Stopped():
            lease.hand_back()
            jobs.wake(lease.job)
        case _ if isinstance(error, DATABASE_ERRORS) and outage_of(error):
            logger.warning("Job %s is handed back: %s", lease.job.pk, error)
            lease.hand_back()
        case Transient():
            ending.later(lease, error.code, error.sentence, error.after)
        case Permanent():
            ending.fail(lease, error.code, error.sentence)
        case Refused():
            ending.fail(lease, error.code, error.sentence, _stderr(error))
        case ffmpeg.ProcessFailed() if error.reason in OURS:
            logger.error("A media process of job %s: %s", lease.job.pk, error)
            ending.crash(lease, f"{error.reason}\n{error.stderr_tail}")
        case ffmpeg.ProcessFailed():
            ending.fail(lease, *_reason(error), error.stderr_tail)
        case _:
            logger.error("Job %s ended in an error.", lease.job.pk, exc_info=error)
            ending.crash(lease, f"{type(error).__name__}: {error}")


def _stderr(refusal: Refused) -> str:
    cause = refusal.__cause__
    return cause.stderr_tail if isinstance(cause, ffmpeg.ProcessFailed) else ""


def _reason(failure: ffmpeg.ProcessFailed) -> tuple[str, str]:
    if failure.reason in TOO_DEMANDING:
        return "too-demanding", "This file took more work than it may. Export it again, plainly."
    return "not-encodable", "This file could not be read to its end. Export it again and upload it."
