"""Withdrawing as a job: it may be much."""

from datetime import datetime

from assistant.runs import services
from assistant.runs.selectors import Model
from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from social.models import User

SECONDS = 3600


def do(lease: Lease) -> None:
    """Take back what one model has made, and say how far it is."""
    told = lease.job.payload
    by = User.objects.filter(pk=told["by"]).first() if told["by"] else None
    services.withdraw(
        Model(*told["model"]),
        by=by,
        until=datetime.fromisoformat(told["until"]),
        progress=lambda share: lease.write(progress=int(100 * share)),
    )


def register_all() -> None:
    """Say what the job does."""
    sentence = "Takes back what a model has made"
    register(Kind(services.JOB, "general", do, sentence, SECONDS))
