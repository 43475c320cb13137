"""A moment of a version that nobody hears but its owner, who keeps the original."""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from config.lib.problems import Problem
from media_pipeline.events.services import OWNER, tell
from media_pipeline.processing.services.muting import make_anew, mutes, stuck, when_stuck
from moderation.cases import rules as bench
from moderation.cases.services import seal
from moderation.events import MOMENT_STUCK
from moderation.models import Decision, Scope
from moderation.models.decision import ClosedNow, Kind
from social.models import User
from tracks import access
from tracks.models import TrackVersion
from tracks.visibility.services import closing


@mutes
def muted(asset: UUID) -> Iterator[tuple[int, int]]:
    """Yield the moments in which an asset is silent: those of its versions, and its stems'."""
    rows = Decision.objects.in_force().filter(_about(asset))
    yield from (row.span for row in rows if row.span)


@when_stuck
def _say(asset: UUID) -> None:
    """Tell the owner and moderators of each version that could not be made anew."""
    rows = Decision.objects.filter(_about(asset)).order_by("target_id", "-pk")
    for row in rows.distinct("target_id"):
        tell(MOMENT_STUCK, of=row, audience=OWNER, case=row.case_id)


def _about(asset: UUID) -> Q:
    own, of_stem = Q(media__asset=asset), Q(stems__media__asset=asset)
    versions = TrackVersion.objects.filter(own | of_stem).values("pk")
    return Q(scope=Scope.MOMENT, target_id__in=versions)


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


@transaction.atomic
def try_again(*, decision: Decision, by: User) -> None:
    """Let a version be made once more that could not be made anew after a decision, or its end.

    Raises Problem as `cases.rules.require_decider`, and `not-stuck`.
    """
    bench.require_decider(by, decision.case)
    version = TrackVersion.objects.filter(pk=decision.target_id).first()
    media = closing.media_of_version(version) if version else []
    assets = stuck().filter(pk__in=[one.asset_id for one in media])
    keys = set(assets.values_list("pk", flat=True)) if decision.scope == Scope.MOMENT else set()
    if not keys:
        raise Problem("not-stuck", "Nothing of it has failed: there is nothing to try.", status=409)
    make_anew(keys)
    seal("moment.again", decision.case, by, decision=str(decision.pk))
