"""What decisions give the machine to do: looking again when the time of one is over."""

from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from moderation.decisions.services import ENDS, end
from moderation.models import Decision

SECONDS = 60


def _end(lease: Lease) -> None:
    if decision := Decision.objects.filter(pk=lease.job.subject_id).first():
        end(decision=decision)


def register_all() -> None:
    """Let the machine know."""
    register(Kind(ENDS, "general", _end, "Opens what was closed for a while", SECONDS))
