"""The sweep once a day and the scrub every hour: slow work that a round only asks for."""

import time
from functools import partial

from django.db.models.functions import Now

from media_pipeline.audit import rules
from media_pipeline.audit.services import scrub, sweep
from media_pipeline.ffmpeg import Stopped
from media_pipeline.jobs.services import jobs
from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.jobs.services.schedules import register_round

HOUR = 3600
NIGHT = 4  # when it is counted, by the site's clock
WRITE_PAUSE = 1.0  # seconds


def count(lease: Lease) -> None:
    """Sweep the storage. Raises Stopped (SIGTERM): the next worker begins anew."""
    written = 0.0

    def show(stage: str, done: int, total: int) -> None:
        nonlocal written
        if lease.should_stop():
            raise Stopped
        if time.monotonic() - written > WRITE_PAUSE:
            lease.write(stage=stage, progress=min(99, 100 * done // total) if total else 0)
            written = time.monotonic()

    sweep.sweep(show)


def read_again(lease: Lease) -> None:
    """Read one slice of this hour's share, and hand back the rest: others are not held up."""
    left = int(lease.job.payload.get("left") or scrub.budget())
    done = scrub.scrub(most_bytes=left, seconds=scrub.SLICE_SECONDS, should_stop=lease.should_stop)
    if done.more and done.bytes < left:
        lease.hand_back(
            payload={"left": left - done.bytes},
            run_after=Now(),
            attempt_key="",  # it has left no files
            left_attempts=[],
        )
        jobs.wake(lease.job)


def register_all() -> None:
    """Let the machine know; the clock's worker only asks, as it sends mail as well."""
    register(
        Kind(
            rules.COUNT,
            "slow",
            count,
            "Counts the storage and compares it with the rows",
            6 * HOUR,
            needs_room=True,
        )
    )
    register(
        Kind(rules.SCRUB, "slow", read_again, "Reads originals again, by their checksums", HOUR)
    )
    ask = jobs.enqueue
    register_round("ask-for-count", partial(ask, rules.COUNT), "Has the storage counted", at=NIGHT)
    register_round("ask-for-scrub", partial(ask, rules.SCRUB), "Has originals read", every=HOUR)
