"""What each kind of job does: topics that have work for the machine say so here."""

from collections.abc import Callable
from dataclasses import dataclass

from media_pipeline.jobs.services.leases import Lease


def _nothing(_lease: Lease) -> None:
    """Leave everything as it is."""


@dataclass(frozen=True)
class Kind:
    """`do` works under the lease until it is done; `undo` removes what an attempt has left."""

    do: Callable[[Lease], None]
    undo: Callable[[Lease], None] = _nothing


KINDS: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    """Say what a job of this kind does; `name` is a `Job.Kind`."""
    KINDS[name] = kind
