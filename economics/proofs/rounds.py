"""What comes round: what was given is published, an hour later at most."""

from economics.proofs.services import sweep
from media_pipeline.jobs.services.schedules import register_round


def register_all() -> None:
    """Let the clock know."""
    register_round(
        "money-batches", sweep, "Publishes what was given, so that givers can prove it", every=60
    )
