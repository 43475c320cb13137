"""Finding how far the machine is."""

from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet
from django.db.models.functions import JSONObject

from config.lib.prepared import Prepared
from media_pipeline.models import Job
from tracks.models import TrackVersion

MAIN_JOBS = Prefetch(
    "media__asset__jobs",
    Job.objects.filter(kind=Job.Kind.PROCESS).order_by("-id").defer("stderr_tail"),
    to_attr="main_jobs",
)


JOB_COLUMNS = ("state", "stage", "progress", "seconds_left", "error_code", "error")


_MAIN_JOB: Prepared[Job] = Prepared(
    lambda asset: (
        Job.objects.filter(asset=asset, kind=Job.Kind.PROCESS)
        .only(*JOB_COLUMNS)
        .order_by("-id")[:1]
    ),
    asset=UUID(int=1),
)


def main_jobs_of(asset: OuterRef) -> QuerySet[Job]:
    """Return the main jobs of an asset, the newest first, each as one column of JSON."""
    jobs = Job.objects.filter(asset=asset, kind=Job.Kind.PROCESS).order_by("-id")
    row = JSONObject(id="id", **{name: name for name in JOB_COLUMNS})
    return jobs.values(row=row)  # type: ignore[return-value]


def main_job(version: TrackVersion) -> Job | None:
    """Return the newest job that makes this version playable."""
    return _MAIN_JOB.one(asset=version.media.asset_id)
