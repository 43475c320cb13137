"""What verifications give the machine to do: looking for a proof, and once a day for all."""

from django.utils import timezone

from media_pipeline.jobs.services import jobs
from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.jobs.services.schedules import register_round
from moderation.models import Verification
from moderation.verification import selectors, services

AT = 4  # o'clock
RENAMED = "The account is called something else now. Ask for it again under its new name."
SOON = "It ends soon. Ask for it again, so that a moderator can look anew."


def _check(lease: Lease) -> None:
    rows = Verification.objects.select_related("person")
    if row := rows.filter(pk=lease.job.subject_id).first():
        services.check(row=row)


def look_again() -> None:
    """End what is over, warn of what ends, and look for each proof that was not looked for long."""
    now = timezone.now()
    for row in [*selectors.over(now), *selectors.by_hand_renamed(now)]:
        services.end(row=row)
    for row in selectors.by_hand_to_warn(now):
        services.warn(row=row, sentence=SOON if row.name == row.person.name else RENAMED)
    for row in selectors.due(now):
        jobs.enqueue(services.KIND, subject=row)


def register_all() -> None:
    """Let the machine know."""
    sentence = "Looks for the proof of a verification"
    register(Kind(services.KIND, "general", _check, sentence, seconds=60))
    register_round("look-again-at-verifications", look_again, sentence, at=AT)
