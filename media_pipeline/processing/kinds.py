"""The kinds of job that make something of an asset, said to the machine that runs them."""

from media_pipeline.jobs.services import jobs
from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import Asset, Job
from media_pipeline.processing.services import pictures
from media_pipeline.processing.services.extras import make_extras
from media_pipeline.processing.services.processing import process
from media_pipeline.processing.services.visuals import make_visual
from media_pipeline.storage import get_storage


def _forget_pictures(lease: Lease) -> None:
    """Remove the pictures of a piece that was never whole, and its beginning that could be heard.

    Pictures are no part of an attempt: the same piece gives the same ones.
    """
    job = lease.job
    if Asset.objects.filter(pk=job.asset_id, ready_at=None).exists():
        for key in pictures.keys(job.asset_id):
            get_storage().delete(key)
        jobs.take_back(job)


def register_all() -> None:
    """Let the machine know what there is to do."""
    register(Job.Kind.PROCESS, Kind(process, undo=_forget_pictures))
    register(Job.Kind.EXTRAS, Kind(make_extras))
    register(Job.Kind.VISUAL, Kind(make_visual))
