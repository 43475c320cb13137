"""What notes give the machine to do."""

from uuid import UUID

from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.jobs.services.schedules import register_round
from social.notes.services import carry_over


def _carry(lease: Lease) -> None:
    carry_over.carry(version_id=UUID(lease.job.subject_id))


def register_all() -> None:
    """A second's work, and people look at the new version at once: so it is done by `fast`."""
    sentence = "Brings the notes of the version before over"
    register(Kind(carry_over.KIND, "fast", _carry, sentence, seconds=600, catches_up=True))
    register_round("carry-notes-on", carry_over.sweep, "Begins to bring notes over", every=300)
