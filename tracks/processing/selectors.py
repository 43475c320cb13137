"""Finding how far the machine is."""

from django.db.models import Prefetch

from media_pipeline.models import Job
from tracks.models import TrackVersion

MAIN_JOBS = Prefetch(
    "media__asset__jobs",
    Job.objects.filter(kind=Job.Kind.PROCESS).order_by("-id").defer("stderr_tail"),
    to_attr="main_jobs",
)


JOB_COLUMNS = ("state", "stage", "progress", "seconds_left", "error_code", "error")


def main_job(version: TrackVersion) -> Job | None:
    """Return the newest job that makes this version playable."""
    jobs = Job.objects.filter(asset_id=version.media.asset_id, kind=Job.Kind.PROCESS)
    return jobs.only(*JOB_COLUMNS).order_by("-id").first()
