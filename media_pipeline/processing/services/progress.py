"""How far a job is, told to its row and to whoever watches, but not at every step."""

import time

from django.conf import settings

from media_pipeline.jobs.services.announcing import changed
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import Job
from media_pipeline.steps.errors import Refused

WRITE_PAUSE_S = 1.0
PASS_PERCENT = 95  # the rest is for what follows the pass


class Progress:
    """Progress of one attempt."""

    def __init__(self, lease: Lease) -> None:
        self.lease = lease
        self._duration_s: float | None = None
        self._started = self._written = time.monotonic()

    def begin_pass(self, duration_s: float | None) -> None:
        """Start the clock. `duration_s` is what the file claims; None: only decoding tells."""
        self._duration_s, self._started = duration_s, time.monotonic()
        self.stage("encoding", 0)

    def stage(self, name: str, percent: int) -> None:
        """Write down that a new stage has begun."""
        self._write(stage=name, progress=percent, seconds_left=None)

    def sound(self, seconds: float) -> None:
        """Take note that so many seconds of sound are stored. Raises Refused `too-long`."""
        if seconds > settings.NEXUS_MAX_DURATION_SECONDS:
            raise _too_long(settings.NEXUS_MAX_DURATION_SECONDS)
        if self._duration_s is None or time.monotonic() - self._written < WRITE_PAUSE_S:
            return
        done = min(seconds / self._duration_s, 1.0)
        left = (time.monotonic() - self._started) * (1 - done) / done if done else None
        self._write(
            progress=int(done * PASS_PERCENT), seconds_left=None if left is None else round(left)
        )

    def _write(self, **fields: object) -> None:
        self._written = time.monotonic()
        self.lease.write(**fields)
        if self.lease.job.kind == Job.Kind.PROCESS:  # nobody watches the extras
            changed(self.lease.asset.pk)


def _too_long(most_s: int) -> Refused:
    units = (("hours", 3600), ("minutes", 60), ("seconds", 1))
    limit = next(f"{most_s // size} {unit}" for unit, size in units if most_s % size == 0)
    return Refused("too-long", f"This piece is longer than {limit}. Split it into parts.")
