"""Having it described how tracks sound: of each the primary version."""

from django.db.models import Exists, OuterRef

from media_pipeline.models import Asset, Descriptor, Job
from media_pipeline.processing.services import descriptor
from media_pipeline.steps.descriptor import VERSION
from tracks.models import Track, TrackVersion

AT_ONCE = 500
ENDED_BADLY = [Job.State.FAILED, Job.State.QUARANTINED]


def expect(*, track: Track) -> None:
    """Have the primary version of a track described."""
    if asset := Asset.objects.filter(media__version=track.primary_version_id).first():
        descriptor.expect(asset=asset)


def expect_asset(*, asset: Asset) -> None:
    """Have a file described that is the primary version of a track."""
    if Track.objects.filter(primary_version__media__asset=asset).exists():
        descriptor.expect(asset=asset)


def sweep() -> None:
    """Begin what was there before descriptors were, or is of an earlier kind; comes round."""
    done = Descriptor.objects.filter(asset=OuterRef("media__asset"), version=VERSION)
    in_vain = Job.objects.filter(
        kind=descriptor.KIND, asset=OuterRef("media__asset"), state__in=ENDED_BADLY
    )
    late = TrackVersion.objects.filter(
        ~Exists(done),
        ~Exists(in_vain),
        pk__in=Track.objects.exclude(primary_version=None).values("primary_version"),
        status=TrackVersion.Status.READY,
    )
    for version in late.select_related("media__asset").order_by("-pk")[:AT_ONCE]:
        descriptor.expect(asset=version.media.asset)
