"""The right to work on one job: held by a heartbeat, and every write is fenced by it."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from config.lib import env
from media_pipeline.models import Job

logger = logging.getLogger(__name__)

LEASE_SECONDS = env.number("NEXUS_LEASE_SECONDS", 45)
HEARTBEAT_SECONDS = env.number("NEXUS_HEARTBEAT_SECONDS", 10)
STDERR_KEPT = 4000  # characters

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

    def should_stop(self) -> bool:
        """Tell whether work has to be dropped at once."""
        return self.lost.is_set() or stopping.is_set()

    def write(self, **fields: Any) -> None:
        """Change the job's row. Raises LeaseLost, and changes nothing, when it is not ours."""
        if not self._row().update(**fields):
            self.lost.set()
            raise LeaseLost

    @contextmanager
    def fence(self) -> Iterator[None]:
        """Open a transaction in which the lease cannot be lost: whatever it changes, is ours.

        Raises LeaseLost before anything was changed.
        """
        with transaction.atomic():
            if not self._row().select_for_update().exists():
                self.lost.set()
                raise LeaseLost
            yield

    def end(self, state: Job.State, **fields: Any) -> None:
        """Let go of the job in its last state."""
        self.write(state=state, finished_at=Now(), **UNLEASED, **fields)

    def hand_back(self, **fields: Any) -> None:
        """Let go of the job as if it had never been claimed: the attempt does not count."""
        uncounted = {"state": Job.State.PENDING, "attempt": F("attempt") - 1, "woken_at": Now()}
        self.write(**uncounted | UNLEASED | fields)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Renew the lease beside the work, in a thread with a connection of its own."""
        done = threading.Event()
        thread = threading.Thread(target=self._beat, args=[done], name="heartbeat", daemon=True)
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

    def _beat(self, done: threading.Event) -> None:
        renewed = time.monotonic()
        while not self.lost.is_set() and not done.wait(HEARTBEAT_SECONDS):
            try:
                self.write(lease_until=lease_end(), heartbeat_at=Now())
                renewed = time.monotonic()
            except LeaseLost:
                logger.warning("The lease of job %s is lost; its work is dropped.", self.job.pk)
            except DatabaseError:
                logger.exception("The lease of job %s could not be renewed.", self.job.pk)
                if time.monotonic() - renewed > LEASE_SECONDS:
                    self.lost.set()
            finally:
                connection.close()


UNLEASED: dict[str, Any] = {"lease_token": None, "lease_until": None, "seconds_left": None}


def lease_end() -> Any:
    """Return, as an expression on the database's clock, when a lease renewed now runs out."""
    return Now() + timedelta(seconds=LEASE_SECONDS)
