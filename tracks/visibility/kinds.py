"""What a track's visibility gives the machine to do: publishing it at its hour."""

from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from tracks.models import Track
from tracks.visibility.services import publication


def _publish(lease: Lease) -> None:
    if track := Track.objects.filter(pk=lease.job.subject_id).first():
        publication.settle(track=track)


def register_all() -> None:
    """Let the machine know. What it misses, `settle-versions` finds within a minute."""
    sentence = "Publishes a track at its hour"
    register(Kind(publication.AT_ITS_HOUR, "general", _publish, sentence, seconds=60))
