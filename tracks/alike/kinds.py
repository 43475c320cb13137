"""What comes round so that pieces are found by how they sound."""

from media_pipeline.jobs.services.schedules import register_round
from tracks.alike.services import sweep


def register_all() -> None:
    """Describe what was missed."""
    register_round("describe-sound-on", sweep, "Begins to describe how pieces sound", every=600)
