"""One job from its claim to its end, whatever happens in between."""

import logging
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from media_pipeline import faults, ffmpeg, sandbox
from media_pipeline.models import Job
from media_pipeline.services import jobs
from media_pipeline.services.extras import make_extras
from media_pipeline.services.leases import Lease, LeaseLost
from media_pipeline.services.processing import process
from media_pipeline.services.visuals import make_visual
from media_pipeline.steps.errors import Refused
from media_pipeline.storage import get_storage

logger = logging.getLogger(__name__)

RECIPES: dict[str, Callable[[Lease], None]] = {
    Job.Kind.PROCESS: process,
    Job.Kind.EXTRAS: make_extras,
    Job.Kind.VISUAL: make_visual,
}
OURS = {"cannot-start", "signal"}  # the machine's fault, perhaps: worth another attempt
TOO_DEMANDING = {"too-slow", "stalled", "memory"}


def warm_up() -> None:
    """Do at the start of a worker what would otherwise delay its first job."""
    ffmpeg.binary()
    sandbox.tier()
    get_storage()


def run_job(job_id: str | UUID) -> None:
    """Claim the job and do it; does nothing when it is done, under way or gone.

    A file that cannot work fails with its reason; an error of ours counts as a crash; SIGTERM
    hands the job back; a lost lease drops everything.
    """
    lease = jobs.claim(job_id)
    if lease is None:
        return
    faults.point("job:claim", lease.job.asset.filename)
    with lease.kept(), suppress(LeaseLost):
        _do(lease)


def _do(lease: Lease) -> None:
    try:
        RECIPES[lease.job.kind](lease)
    except LeaseLost:
        raise
    except ffmpeg.Stopped:
        lease.hand_back()
        jobs.wake(lease.job)
    except Refused as refusal:
        jobs.fail(lease, refusal.code, refusal.sentence, _stderr(refusal))
    except ffmpeg.ProcessFailed as failure:
        if failure.reason in OURS:
            logger.error("A media process of job %s: %s", lease.job.pk, failure)
            jobs.crash(lease, f"{failure.reason}\n{failure.stderr_tail}")
        else:
            jobs.fail(lease, *_reason(failure), failure.stderr_tail)
    except Exception as error:
        logger.exception("Job %s ended in an error.", lease.job.pk)
        jobs.crash(lease, f"{type(error).__name__}: {error}")


def _stderr(refusal: Refused) -> str:
    cause = refusal.__cause__
    return cause.stderr_tail if isinstance(cause, ffmpeg.ProcessFailed) else ""


def _reason(failure: ffmpeg.ProcessFailed) -> tuple[str, str]:
    if failure.reason in TOO_DEMANDING:
        return "too-demanding", "This file took more work than it may. Export it again, plainly."
    return "not-encodable", "This file could not be read to its end. Export it again and upload it."
