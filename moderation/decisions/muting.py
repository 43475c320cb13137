"""A moment of a version that nobody hears but its owner, who keeps the original."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q

from media_pipeline.processing.services.muting import make_anew, mutes
from moderation.models import Decision, Scope
from moderation.models.decision import ClosedNow, Kind
from tracks import access
from tracks.models import TrackVersion
from tracks.visibility.services import closing


@mutes
def muted(asset: UUID) -> Iterator[tuple[int, int]]:
    """Yield the moments in which an asset is silent: those of its versions, and its stems'."""
    own, of_stem = Q(media__asset=asset), Q(stems__media__asset=asset)
    versions = TrackVersion.objects.filter(own | of_stem).values("pk")
    rows = Decision.objects.in_force().filter(scope=Scope.MOMENT, target_id__in=versions)
    yield from (row.span for row in rows if row.span)


@access.withhold_download
def _unmuted(_user: access.User) -> Q:
    """What is given of such a piece is made of the original, or is it."""
    return Q(ClosedNow("primary_version", Scope.MOMENT, Kind.HIDE))


def render_anew(version: TrackVersion) -> None:
    """Make all that sounds of a version again, silent where decisions in force want it.

    Until that is there it plays for nobody.
    """
    media = closing.media_of_version(version)
    make_anew({one.asset_id for one in media})
    closing.end_signatures_of_version(version)
