"""What was written into the log is sealed by the machine, again and again."""

from media_pipeline.jobs.services.schedules import register_round
from media_pipeline.sealing.services import ROUND, close_all

EVERY = 60  # seconds


def register_all() -> None:
    """Let the clock know."""
    register_round(ROUND, close_all, "Seals what was written into the log", every=EVERY)
