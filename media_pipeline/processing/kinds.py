"""The kinds of job that make something of an asset, said to the machine that runs them."""

from functools import partial

from media_pipeline import ffmpeg
from media_pipeline.jobs.errors import Transient
from media_pipeline.jobs.services import ending
from media_pipeline.jobs.services.announcing import announce
from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import Asset, Job
from media_pipeline.processing.services import descriptor, muting, pictures
from media_pipeline.processing.services.extras import make_extras
from media_pipeline.processing.services.music import KIND as MUSIC
from media_pipeline.processing.services.music import measure
from media_pipeline.processing.services.processing import process
from media_pipeline.processing.services.visuals import make_visual
from media_pipeline.processing.services.workspace import MISSING
from media_pipeline.signals import asset_failed
from media_pipeline.steps.errors import Refused
from media_pipeline.storage import get_storage

LONGEST_SECONDS = 24 * 3600
CRASHED = (
    "This piece stopped the machine three times, so it was put aside. "
    "Try again, or upload another export of it."
)
AGAIN = "What could be prepared before could not be prepared now."


def _forget_pictures(lease: Lease) -> None:
    """Remove the pictures of a piece that was never whole, and its beginning that could be heard.

    Pictures are no part of an attempt: the same piece gives the same ones.
    """
    job = lease.job
    if Asset.objects.filter(jobs=job.pk, ready_at=None).exists():
        for key in pictures.keys(job.file.pk):
            get_storage().delete(key)
        ending.take_back(job)


def _process(lease: Lease) -> None:
    """Make a piece playable; where that was done before, no failure is the file's, and passes."""
    try:
        process(lease)
    except (Refused, ffmpeg.ProcessFailed) as error:
        is_lost = isinstance(error, Refused) and error.code == MISSING
        if is_lost or not muting.was_whole(lease.asset):
            raise
        with lease.fence():
            ending.take_back(lease.job)
            ending.told(lease.job)
        raise Transient("not-made-anew", AGAIN) from error


def _no_beginning(job: Job) -> None:
    """Take back the beginning of a piece that has no end, and say so."""
    ending.take_back(job)
    announce(asset_failed, job.file)
    muting.tell_stuck(job.file)


def register_all() -> None:
    """Let the machine know what there is to do. FFmpeg has its own, shorter limits of time."""
    encoding = partial(Kind, seconds=LONGEST_SECONDS, crashed=CRASHED, needs_room=True)
    playable = encoding(
        Job.Kind.PROCESS,
        "fast",
        _process,
        "Makes a piece playable",
        undo=_forget_pictures,
        gave_up=_no_beginning,
    )
    register(playable)
    register(encoding(Job.Kind.EXTRAS, "slow", make_extras, "Makes lossless and MP3 files"))
    hearing = "Measures tempo and key"
    register(Kind(MUSIC, "slow", measure, hearing, seconds=3600, needs_room=True))
    placing = "Describes how a piece sounds"
    register(Kind(descriptor.KIND, "slow", descriptor.make, placing, seconds=3600, needs_room=True))
    register(encoding(Job.Kind.VISUAL, "visual", make_visual, "Makes a picture or film"))
