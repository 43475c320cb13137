"""What jobs have in common that listen to an original and keep what they heard."""

from pathlib import Path
from typing import Protocol, TypeVar

from media_pipeline.ffmpeg.process import ShouldStop
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.processing.services.workspace import workspace
from media_pipeline.steps.probe import Probe, probe
from media_pipeline.steps.sniff import sniff

Found = TypeVar("Found", covariant=True)


class Step(Protocol[Found]):
    """A step that reads the original by this demuxer, and may write into the folder."""

    def __call__(
        self,
        source: Path,
        demuxer: str,
        probe: Probe,
        folder: Path,
        *,
        should_stop: ShouldStop | None = None,
    ) -> Found: ...


def listen(lease: Lease, step: Step[Found]) -> Found:
    """Return what the step finds in the original of the job's asset, in a folder of its own.

    Raises Refused or ProcessFailed (the file), Stopped (SIGTERM).
    """
    with workspace(lease) as place:
        original = place.original(lease.asset)
        demuxer = sniff(original)
        claims = probe(original, demuxer)
        return step(original, demuxer, claims, place.folder, should_stop=lease.should_stop)
