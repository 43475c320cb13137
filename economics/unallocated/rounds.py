"""What comes round: each night, what belongs to nobody any more."""

from economics.unallocated.services import carry_out
from media_pipeline.jobs.services.schedules import register_round

SENTENCE = "Sets aside what artists who have left cannot be paid, and gives it back or on in time"


def register_all() -> None:
    """Let the clock know."""
    register_round("unallocated", carry_out, SENTENCE, at=3)
