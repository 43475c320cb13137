"""What comes round for tempo and key."""

from media_pipeline.jobs.services.schedules import register_round
from tracks.music_facts.services import sweep


def register_all() -> None:
    """Measure what was missed."""
    register_round("measure-music-on", sweep, "Begins to measure tempo and key", every=600)
