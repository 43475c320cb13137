"""A version's status and a track's publication follow from the machine's rows, and only from them.

A signal settles at once; the sweep settles what a lost signal has left.
"""

from uuid import UUID

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from media_pipeline.models import Job
from tracks.models import Track, TrackVersion
from tracks.visibility.services import publication

Status = TrackVersion.Status


def settle(*, asset_id: UUID) -> None:
    """Bring every version of this asset up to date, and publish or withdraw what is due."""
    versions = TrackVersion.objects.filter(media__asset_id=asset_id)
    _settle(versions)
    _publish(Track.objects.filter(versions__in=versions))
    _withdraw(Track.objects.filter(versions__in=versions))


def settle_all() -> None:
    """Bring up to date whatever is not; comes round."""
    _settle(TrackVersion.objects.exclude(status=Status.READY))
    _publish(Track.objects.filter(primary_version__media__asset__playable_at__isnull=False))


def _publish(tracks: QuerySet[Track]) -> None:
    due = tracks.filter(visibility=Track.Visibility.PUBLIC, published_at=None)
    due = due.filter(Q(release_at=None) | Q(release_at__lte=timezone.now()))
    for track in due.order_by().distinct():
        publication.settle(track=track)


def _withdraw(tracks: QuerySet[Track]) -> None:
    """Take out of the lists what has turned out to be unplayable after its first seconds.

    What was whole once stays published: it is being made anew, and comes back as what it was.
    """
    whole = TrackVersion.objects.filter(
        pk=OuterRef("primary_version"), media__asset__fingerprint__isnull=False
    )
    playable = TrackVersion.objects.filter(
        pk=OuterRef("primary_version"), media__asset__playable_at__isnull=False
    )
    mute = tracks.exclude(published_at=None).exclude(Exists(playable)).exclude(Exists(whole))
    Track.objects.filter(pk__in=mute.values("pk")).update(published_at=None)


def _settle(versions: QuerySet[TrackVersion]) -> None:
    """Write the status that follows from asset and job where another one stands."""
    behind = versions.annotate(now_is=_derived()).exclude(status=_derived())
    for pk, status in list(behind.order_by().values_list("pk", "now_is")):
        TrackVersion.objects.filter(pk=pk).update(status=status)


def _derived() -> Case:
    jobs = Job.objects.filter(kind=Job.Kind.PROCESS, asset=OuterRef("media__asset"))
    running = jobs.filter(state=Job.State.RUNNING)
    over = [Job.State.FAILED, Job.State.QUARANTINED]
    return Case(
        When(media__asset__ready_at__isnull=False, then=Value(Status.READY)),
        When(Exists(running), then=Value(Status.PROCESSING)),
        When(Exists(jobs.filter(state=Job.State.PENDING)), then=Value(Status.PENDING)),
        When(Exists(jobs.filter(state__in=over)), then=Value(Status.FAILED)),
        default=Value(Status.PENDING),
        output_field=CharField(),
    )
