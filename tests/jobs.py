"""The work of a worker, done by the test itself."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import cast

from django.db import connections

from media_pipeline.events.registry import READERS
from media_pipeline.events.waking import round_of
from media_pipeline.jobs.services import running
from media_pipeline.jobs.services.kinds import KINDS, WORKERS
from media_pipeline.jobs.services.leases import Lease

UNUSED = cast(Lease, None)


def do_jobs(worker: str = "general") -> int:
    """Do all that is due for a worker of this name; return how many jobs there were."""
    done = 0
    while running.run_next(WORKERS[worker]):
        done += 1
    return done


def read_events() -> None:
    """Let every reader of events read what has happened, as its round would."""
    for name in READERS:
        KINDS[round_of(name)].do(UNUSED)


def apart(action: Callable[[], object]) -> None:
    """Do what a worker would, in a thread without Playwright's event loop."""

    def closing() -> None:
        try:
            action()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(closing).result()
