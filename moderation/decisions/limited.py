"""What is limited now: what decisions are about, and the pieces of releases they are about."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q

from moderation.models import Scope
from moderation.models.decision import ClosedNow, Kind
from tracks.findable import findable
from tracks.models import Release, ReleaseTrack, Track

PIECES_TOO = (
    "Lists and searches leave out its pieces too, except those that are also on another public "
    "release of yours. Who has an address goes on hearing them."
)


class LimitedNow(ClosedNow):
    """As `ClosedNow`, and of each limited release the pieces that no other one lets be found.

    A release holds its owner's pieces alone, so its pieces are what it is found by. One that is
    also on another release, public and not restricted, goes on as a piece of that one. Playlists
    have no such effect: what stands on them is others'.
    """

    closed = (
        "WITH limited AS (SELECT decided.target_id AS key FROM moderation_decision decided"
        " WHERE decided.scope = ANY(%s) AND decided.kind = ANY(%s)"
        " AND (decided.until IS NULL OR decided.until > statement_timestamp())"
        " AND NOT EXISTS (SELECT FROM moderation_decision undoing"
        " WHERE undoing.undoes_id = decided.id))"
        " SELECT jsonb_object_agg(found.key, NULL) FROM (SELECT key FROM limited UNION ALL"
        " SELECT piece.track_id FROM limited"
        " JOIN tracks_releasetrack piece ON piece.release_id = limited.key"
        " WHERE NOT EXISTS (SELECT FROM tracks_releasetrack beside"
        " JOIN tracks_release other ON other.id = beside.release_id"
        " WHERE beside.track_id = piece.track_id AND beside.release_id <> piece.release_id"
        " AND other.visibility = 'public' AND other.deleted_at IS NULL"
        " AND (other.release_at IS NULL OR other.release_at <= statement_timestamp())"
        " AND NOT EXISTS (SELECT FROM moderation_decision decided"
        " WHERE decided.scope = 'release' AND decided.target_id = other.id"
        " AND decided.kind IN ('limit', 'hide', 'remove', 'hold')"
        " AND (decided.until IS NULL OR decided.until > statement_timestamp())"
        " AND NOT EXISTS (SELECT FROM moderation_decision undoing"
        " WHERE undoing.undoes_id = decided.id)))) found"
    )


def pieces_limited_with(release: Release) -> Any:
    """Return the pieces of a release that a decision to limit it takes along."""
    others = findable(Release.objects.visible_to(AnonymousUser())).filter(visibility="public")
    beside = ReleaseTrack.objects.filter(track=OuterRef("pk"), release__in=others.values("pk"))
    pieces = Track.objects.filter(release_items__release=release)
    return pieces.exclude(Exists(beside.exclude(release=release)))


def through_release(track: Any) -> Q:
    """Return the Q of the decisions that limit a track because of a release it is on."""
    is_limited = Track.everything.filter(
        Q(LimitedNow("pk", Scope.RELEASE, Kind.LIMIT)), pk=track.pk
    )
    releases = ReleaseTrack.objects.filter(track=track.pk).values("release")
    about = Q(scope=Scope.RELEASE, kind=Kind.LIMIT, target_id__in=releases)
    return about & Q(Exists(is_limited))


def reach_of(decision: Any) -> str:
    """Return what else follows from it by a rule, for whom it touches; empty for most."""
    if decision.kind == Kind.LIMIT and decision.scope == Scope.RELEASE:
        return PIECES_TOO
    return ""
