"""When rows are forgotten: once a day, while most people sleep."""

from media_pipeline.jobs.services.schedules import register_round
from media_pipeline.retention.services import ROUND, come_round

HOUR = 4
SECONDS = 3600  # for all rules together


def register_all() -> None:
    """Let the clock know."""
    register_round(
        ROUND, come_round, "Forgets what is kept for a time only", at=HOUR, seconds=SECONDS
    )
