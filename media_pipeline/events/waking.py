"""Waking those who read of events: each once for a commit, however much was told in it."""

import threading
from functools import partial

from django.db import transaction

from media_pipeline.events.registry import READERS
from media_pipeline.jobs.services.schedules import run_now

_here = threading.local()


def round_of(reader: str) -> str:
    """Return the kind of job that reads as this reader."""
    return f"read-{reader}"


def wake_on_commit(kind: str) -> None:
    """Wake whoever reads of this kind, once the current transaction has committed."""
    # Shared by all that is told until a commit; what was rolled back has put nobody into it.
    woken: set[str] = _here.__dict__.setdefault("woken", set())
    for reader, kinds in READERS.items():
        if kind in kinds:
            transaction.on_commit(partial(_wake, reader, woken), robust=True)


def _wake(reader: str, woken: set[str]) -> None:
    if _here.__dict__.get("woken") is woken:
        del _here.woken  # what is told from here on is of another commit
    if reader not in woken:
        run_now(round_of(reader))
        woken.add(reader)
