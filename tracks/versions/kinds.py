"""What versions give the machine to do."""

from uuid import UUID

from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.jobs.services.schedules import register_round
from tracks.versions import aligning


def _align(lease: Lease) -> None:
    aligning.align(version_id=UUID(lease.job.subject_id))


def register_all() -> None:
    """Some tenths of a second for each sibling, behind what makes the music itself heard."""
    sentence = "Lays a version beside the others"
    register(Kind(aligning.KIND, "slow", _align, sentence, seconds=600, catches_up=True))
    register_round("align-versions-on", aligning.sweep, "Begins to align versions", every=600)
