"""What pledges give the machine to do: asking for each month as it falls due."""

from economics.pledges.services import fall_due
from media_pipeline.jobs.services.schedules import register_round

EVERY = 900  # seconds


def register_all() -> None:
    """Let the machine know."""
    register_round("pledges", fall_due, "Asks for what is given each month", every=EVERY)
