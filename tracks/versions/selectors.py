"""Finding the versions of a track."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Window
from django.db.models.functions import Lag

from config.lib.paging import (
    Page,
    page,
    read_number_cursor,
)
from tracks.access import User
from tracks.models import Track, TrackVersion
from tracks.processing.selectors import MAIN_JOBS

BAR_LONGEST = 40  # versions that a page offers to choose from; the owner's list has them all


def version_numbered(
    track: Track, viewer: User, number: str, *, overview: bool = False
) -> TrackVersion | None:
    """Return the version of an opened track with this number, if this person may hear it.

    Raises Http404 for what is no number.
    """
    versions = TrackVersion.objects.shown_on(track, viewer).for_player(overview=overview)
    return versions.filter(number=read_number_cursor(number)).first()


def version_to_compare(track: Track, viewer: User, number: str) -> TrackVersion | None:
    """Return a playable version with its peaks and its loudness over time."""
    versions = TrackVersion.objects.shown_on(track, viewer).filter(
        number=read_number_cursor(number), media__asset__playable_at__isnull=False
    )
    return versions.select_related("media__asset__facts", "media__asset__waveform").first()


def choosable_versions(
    track: Track, viewer: User, *, playable: bool, but: Iterable[UUID] = ()
) -> list[TrackVersion]:
    """Return the newest versions that are not hidden, without their peaks; two queries at most."""
    versions = TrackVersion.objects.shown_on(track, viewer).filter(hidden_at=None)
    if playable:
        versions = versions.filter(media__asset__playable_at__isnull=False)
    return list(versions.exclude(pk__in=list(but)).for_player().order_by("-number")[:BAR_LONGEST])


def version_history(track: Track, viewer: User, before: str = "") -> Page[TrackVersion]:
    """Return a page of a track's versions, newest first, hidden ones for their owner.

    Each carries its main `job` and its `loudness_change` in LU against the number before it.
    """
    versions = TrackVersion.objects.shown_on(track, viewer).order_by("-number")
    if before:
        versions = versions.filter(number__lt=read_number_cursor(before))
    loudness = "media__asset__facts__loudness_lufs"
    earlier = Window(Lag(loudness), order_by="number")
    rows = versions.for_player().prefetch_related(MAIN_JOBS).annotate(earlier_lufs=earlier)
    found = page(rows, lambda version: str(version.number))
    for version in found.rows:
        asset: Any = version.media.asset  # `main_jobs` comes from the prefetch
        version.track, version.job = track, next(iter(asset.main_jobs), None)
        version.loudness_change = _change(version)
    return found


def _change(version: Any) -> float | None:
    facts = getattr(version.media.asset, "facts", None)
    now, then = facts.loudness_lufs if facts else None, version.earlier_lufs
    return None if now is None or then is None else round(now - then, 1)
