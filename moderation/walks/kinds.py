"""What walks give the machine to do."""

from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from moderation.models import Case, Decision
from moderation.walks.services import KIND, walk

SECONDS = 120


def _walk(lease: Lease) -> None:
    case = Case.objects.filter(pk=lease.job.subject_id).first()
    named = lease.job.payload["decision"]
    decision = Decision.objects.filter(pk=named).first() if named else None
    if case:
        walk(case=case, decision=decision)


def register_all() -> None:
    """Let the machine know."""
    register(Kind(KIND, "general", _walk, "Looks where something can be seen and heard", SECONDS))
