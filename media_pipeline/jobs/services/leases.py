"""The right to work on one job: held by a heartbeat, and every write is fenced by it."""

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from config.lib import env
from config.lib.outages import DATABASE_ERRORS
from media_pipeline.models import Asset, Job

logger = logging.getLogger(__name__)

LEASE_SECONDS = env.number("NEXUS_LEASE_SECONDS", 45)
HEARTBEAT_SECONDS = env.number("NEXUS_HEARTBEAT_SECONDS", 10)
STDERR_KEPT = 4000  # characters
OVERRUN = 70  # the code with which a worker ends that is stuck (sysexits.h: EX_SOFTWARE)

stopping = threading.Event()
"""Set when this process was asked to end: work under way is interrupted and handed back."""


class LeaseLost(Exception):
    """Somebody else may be working on this job now, or it is gone: touch nothing any more."""


@dataclass
class Lease:
    """A claimed job. `job` is the row as it was claimed; only `write` and `fence` change it."""

    job: Job
    token: UUID
    lost: threading.Event = field(default_factory=threading.Event)
    ended: bool = False

    @property
    def asset(self) -> Asset:
        """What is encoded. Raises ValueError when the job is about no asset."""
        return self.job.file

    def should_stop(self) -> bool:
        """Tell whether work has to be dropped at once."""
        return self.lost.is_set() or stopping.is_set()

    def write(self, **fields: Any) -> None:
        """Change the job's row. Raises LeaseLost, and changes nothing, when it is not ours."""
        if self.lost.is_set() or not self._row().update(**fields):
            self.lost.set()
            raise LeaseLost

    @contextmanager
    def fence(self) -> Iterator[None]:
        """Open a transaction in which the lease cannot be lost: whatever it changes, is ours.

        Raises LeaseLost before anything was changed.
        """
        with transaction.atomic():
            if self.lost.is_set() or not self._row().select_for_update().exists():
                self.lost.set()
                raise LeaseLost
            yield

    def end(self, state: Job.State, **fields: Any) -> None:
        """Let go of the job in its last state."""
        self.write(state=state, finished_at=Now(), **UNLEASED, **fields)
        self.ended = True

    def hand_back(self, **fields: Any) -> None:
        """Let go of the job as if it had not been claimed: nothing counts, its place is kept."""
        uncounted = {"state": Job.State.PENDING, "attempt": F("attempt") - 1}
        self.write(**uncounted | UNLEASED | fields)
        self.ended = True

    @contextmanager
    def kept(self, seconds: float) -> Iterator[None]:
        """Renew the lease beside the work, in a thread with a connection of its own.

        After `seconds` it is renewed no more; work that does not let go even then is ended with
        its process, as nothing else can end it, and counts as a crash.
        """
        done = threading.Event()
        words = [done, time.monotonic() + seconds]
        thread = threading.Thread(target=self._beat, args=words, name="heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _row(self) -> Any:
        return Job.objects.filter(
            pk=self.job.pk, state=Job.State.RUNNING, lease_token=self.token
        ).order_by()

    def _beat(self, done: threading.Event, until: float) -> None:
        renewed = time.monotonic()
        while not self.lost.is_set() and not done.wait(HEARTBEAT_SECONDS):
            if time.monotonic() > until:
                self._overrun(done)
                return
            try:
                self.write(lease_until=lease_end(), heartbeat_at=Now())
                renewed = time.monotonic()
            except LeaseLost:
                logger.warning("The lease of job %s is lost; its work is dropped.", self.job.pk)
            except DATABASE_ERRORS:
                logger.exception("The lease of job %s could not be renewed.", self.job.pk)
                if time.monotonic() - renewed > LEASE_SECONDS:
                    self.lost.set()
            finally:
                connection.close()

    def _overrun(self, done: threading.Event) -> None:
        logger.error("Job %s (%s) took longer than it may.", self.job.pk, self.job.kind)
        self.lost.set()
        if not done.wait(LEASE_SECONDS):
            os._exit(OVERRUN)


UNLEASED: dict[str, Any] = {"lease_token": None, "lease_until": None, "seconds_left": None}


def lease_end() -> Any:
    """Return, as an expression on the database's clock, when a lease renewed now runs out."""
    return Now() + timedelta(seconds=LEASE_SECONDS)
