"""What a demonstration gives the machine to do."""

from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from tracks.demo import filling, services


def _fill(_lease: Lease) -> None:
    filling.fill(filling.folder_from_environment())


def register_all() -> None:
    """Let the machine know what there is to do."""
    sentence = "Fills an empty site with a few pieces"
    register(Kind(services.KIND, "slow", _fill, sentence, seconds=3600, needs_room=True))
