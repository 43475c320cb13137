"""What each kind of job does: the app that has work for the machine says so here, once."""

from collections.abc import Callable
from dataclasses import dataclass

from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import Job

# Which queues a worker of each name serves, the first before the next.
WORKERS = {"fast": ("fast",), "slow": ("visual", "slow"), "general": ("general",)}
QUEUES = tuple(queue for queues in WORKERS.values() for queue in queues)
PAYLOAD_BYTES = 4096
CRASHED = "This work stopped the machine three times, so it was put aside."


def _nothing(_lease: Lease) -> None:
    """Leave everything as it is."""


def _nobody(_job: Job) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Kind:
    """One kind of work. `do` works under the lease and ends it, or returns when it is done.

    `seconds` is the longest that one attempt may take: a worker that overruns ends itself. `undo`
    removes what an attempt has left, `gave_up` follows a job that is ended for good. What
    `catches_up` does all there is to do, so that to ask while it runs is to ask for one more run.
    What `needs_room` is not begun while the disk is full. `payload_bytes` is the most it carries.
    """

    name: str
    queue: str
    do: Callable[[Lease], None]
    sentence: str
    seconds: int
    undo: Callable[[Lease], None] = _nothing
    gave_up: Callable[[Job], None] = _nobody
    crashed: str = CRASHED
    max_attempts: int = 8
    catches_up: bool = False
    needs_room: bool = False
    payload_bytes: int = PAYLOAD_BYTES


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Say what a job of this kind does. Raises ValueError for a name or queue that cannot be."""
    if kind.name in KINDS and KINDS[kind.name] != kind:
        raise ValueError(f"There are two kinds of job called {kind.name}.")
    if kind.queue not in QUEUES:
        raise ValueError(f"No worker serves the queue {kind.queue} of {kind.name}.")
    KINDS[kind.name] = kind
