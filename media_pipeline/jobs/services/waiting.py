"""Jobs that wait because the disk of the site is full: uncounted, unblamed, and saying so."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Now

from config.lib import disk
from media_pipeline.jobs.services import jobs
from media_pipeline.jobs.services.announcing import announce, changed
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


def put_off(job_id: str | UUID) -> None:
    """Say of a job that it is not begun for want of room; the sweep wakes it when there is some."""
    job = Job.objects.filter(pk=job_id, state=Job.State.PENDING).exclude(error_code=CODE)
    asset_id = job.values_list("asset_id", flat=True).first()
    if asset_id and job.update(woken_at=Now(), **SAID):
        changed(asset_id)


def due() -> Q:
    """Return which of the waiting jobs may be tried again once there is room."""
    return Q(error_code=CODE, woken_at__lt=Now())


def wake_all(found: Iterable[Job]) -> None:
    """Wake workers for these jobs; they wait for their turn again, not for room."""
    for job in found:
        Job.objects.filter(pk=job.pk).update(woken_at=Now(), **UNSAID)
        jobs.wake(job)
        if job.error_code == CODE:
            changed(job.asset_id)


def hand_back(lease: Lease) -> None:
    """Let go of a job whose disk ran full under it, and remove what the attempt has left.

    What it left holds the very room that is missing, a beginning that could be heard included. The
    attempt is not counted; the job waits once more as long as it had worked, so that one for which
    there is never enough room leaves the machine to others.
    """
    job, asset = lease.job, lease.job.asset
    with lease.fence():  # whoever is killed in here has removed something and changed nothing
        get_storage().delete_prefix(asset.prefix_of(job.attempt_key))
        KINDS[job.kind].undo(lease)
        lease.hand_back(attempt_key="", woken_at=Now() + (Now() - F("started_at")), **SAID)
        announce(asset_queued, asset)
