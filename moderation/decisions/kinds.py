"""What decisions give the machine to do: looking again when the time of one is over."""

from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from moderation.cases import registry as waiting
from moderation.decisions.selectors import stuck_moments
from moderation.decisions.services import ENDS, end
from moderation.models import Decision

SECONDS = 60


def _end(lease: Lease) -> None:
    if decision := Decision.objects.filter(pk=lease.job.subject_id).first():
        end(decision=decision)


def register_all() -> None:
    """Let the machine know, and the queue which versions it could not make again."""
    waiting.register(
        waiting.Waiting("stuck", "Not made again", "not made again", stuck_moments, True)
    )
    register(Kind(ENDS, "general", _end, "Opens what was closed for a while", SECONDS))
