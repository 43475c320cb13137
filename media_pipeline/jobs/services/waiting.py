"""Jobs that wait because the disk of the site is full: uncounted, unblamed, and saying so."""

from collections.abc import Sequence

from django.db.models import F
from django.db.models.functions import Now

from config.lib import disk
from media_pipeline.jobs.services import ending, jobs
from media_pipeline.jobs.services.announcing import announce
from media_pipeline.jobs.services.kinds import KINDS
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import Job
from media_pipeline.signals import asset_queued
from media_pipeline.storage import get_storage

CODE = "disk-full"
SAID = {
    "error_code": CODE,
    "error": f"{disk.SENTENCE} This goes on by itself when there is room.",
}
UNSAID = {"error_code": "", "error": ""}
MOST = 20  # of each queue at once


def kinds() -> frozenset[str]:
    """Return the kinds that wait while the disk is full."""
    return frozenset(name for name, kind in KINDS.items() if kind.needs_room)


def put_off(queues: Sequence[str]) -> None:
    """Say of the jobs of these queues that they are not begun for want of room."""
    waiting = Job.objects.filter(queue__in=queues, state=Job.State.PENDING, kind__in=kinds())
    for job in waiting.exclude(error_code=CODE).order_by("created_at")[:MOST]:
        if Job.objects.filter(pk=job.pk, state=Job.State.PENDING).update(**SAID):
            ending.told(job)


def go_on(queues: Sequence[str]) -> None:
    """Say no more that these wait for room: there is some, they wait for their turn."""
    waiting = Job.objects.filter(queue__in=queues, state=Job.State.PENDING, error_code=CODE)
    for job in waiting.filter(run_after__lte=Now()).order_by("created_at")[:MOST]:
        Job.objects.filter(pk=job.pk, state=Job.State.PENDING).update(**UNSAID)
        jobs.wake(job)
        ending.told(job)


def hand_back(lease: Lease) -> None:
    """Let go of a job whose disk ran full under it, and remove what the attempt has left.

    What it left holds the very room that is missing, a beginning that could be heard included. The
    attempt is not counted; the job waits once more as long as it had worked, so that one for which
    there is never enough room leaves the machine to others.
    """
    job, asset = lease.job, lease.job.asset
    with lease.fence():  # whoever is killed in here has removed something and changed nothing
        if asset:
            get_storage().delete_prefix(asset.prefix_of(job.attempt_key))
        KINDS[job.kind].undo(lease)
        lease.hand_back(attempt_key="", run_after=Now() + (Now() - F("started_at")), **SAID)
        if asset:
            announce(asset_queued, asset)
