"""One worker: it does what is due, and sleeps in Redis until somebody wakes it."""

import logging
import threading
from collections.abc import Sequence

import redis
from django.db import close_old_connections
from django.db.models.functions import Now

from config.lib import queue
from config.lib.outages import DATABASE_ERRORS
from media_pipeline.jobs.services import ending, jobs, running, schedules
from media_pipeline.jobs.services.leases import stopping
from media_pipeline.models import Job

logger = logging.getLogger(__name__)

LONGEST_SLEEP = 60.0  # seconds: a lost wake-up call costs no more, where nobody keeps the time
AWAY_SECONDS = 1.0  # before a service that is away is asked again
RECOVER_SECONDS = 15.0

_gate = threading.Lock()  # nobody claims once the process has been asked to end
_busy = threading.Event()


def work(queues: Sequence[str]) -> None:
    """Do the jobs of these queues, one at a time, until `stopping`."""
    while not stopping.is_set():
        try:
            if not _one(queues):
                queue.wait(queues, _sleep(queues))
        except redis.RedisError:
            stopping.wait(AWAY_SECONDS)
        except DATABASE_ERRORS:
            logger.exception("The queue could not be read.")
            stopping.wait(AWAY_SECONDS)
        finally:
            close_old_connections()


def keep_time() -> None:
    """Queue what comes round, and take back the jobs of workers that died, until `stopping`."""
    recovered = -RECOVER_SECONDS
    elapsed = 0.0
    while not stopping.is_set():
        pause = AWAY_SECONDS
        try:
            if elapsed - recovered >= RECOVER_SECONDS:
                ending.recover(Job.objects.all())
                jobs.wake_overdue()
                recovered = elapsed
            pause = min(schedules.queue_due(), RECOVER_SECONDS)
        except DATABASE_ERRORS:
            logger.exception("The clock could not read what is due.")
        finally:
            close_old_connections()
        pause = max(pause, AWAY_SECONDS)
        stopping.wait(pause)
        elapsed += pause


def stop(thread: threading.Thread, seconds: float) -> None:
    """Let a working thread hand back its job, and wait for that; an idle one is left asleep."""
    with _gate:
        stopping.set()
    if _busy.is_set():
        thread.join(seconds)


def _one(queues: Sequence[str]) -> bool:
    with _gate:
        lease = None if stopping.is_set() else running.claim_next(queues)
        if lease:
            _busy.set()
    if lease is None:
        return False
    try:
        running.run(lease)
    finally:
        _busy.clear()
    return True


def _sleep(queues: Sequence[str]) -> float:
    """Return the seconds until a job of these queues is due that waits for its time."""
    waiting = Job.objects.filter(queue__in=queues, state=Job.State.PENDING, run_after__gt=Now())
    row = waiting.order_by("run_after").values_list("run_after", Now()).first()
    if row is None:
        return LONGEST_SLEEP
    due, now = row
    return float(min(LONGEST_SLEEP, max(0.05, (due - now).total_seconds())))
