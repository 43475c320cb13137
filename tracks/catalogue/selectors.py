"""Finding what pages show."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, Window
from django.db.models.functions import Lag

from config.lib.paging import (
    Page,
    moment_cursor,
    page,
    read_id_cursor,
    read_moment_cursor,
    read_number_cursor,
)
from media_pipeline.models import Job, Upload
from tracks.access import Person, User
from tracks.cards import card_of, with_cards
from tracks.models import Track, TrackVersion
from tracks.models.querysets import TrackQuerySet


def latest(user: User, before: str = "") -> Page[Track]:
    """Return a page of the newest published tracks, with cards."""
    return _published(Track.objects.visible_to(user), before)


def published_of(owner: Person, viewer: User, before: str = "") -> Page[Track]:
    """Return a page of one person's published tracks, with cards."""
    return _published(Track.objects.visible_to(viewer).filter(owner=owner), before)


def found_by(text: str, viewer: User, before: str = "") -> Page[Track]:
    """Return a page of the published tracks that have every word of `text`, with cards."""
    return _published(Track.objects.visible_to(viewer).matching(text), before)


def _published(tracks: TrackQuerySet, before: str) -> Page[Track]:
    tracks = tracks.published().for_card()
    if before:
        moment, key = read_moment_cursor(before)
        # Written so that the index of the order can be walked from this place on.
        tracks = tracks.filter(published_at__lte=moment).filter(
            Q(published_at__lt=moment) | Q(pk__lt=key)
        )
    found = page(tracks, lambda t: moment_cursor(t.published_at, t.pk) if t.published_at else "")
    with_cards(found.rows)
    return found


def own_versions(owner: Person, before: str = "") -> Page[TrackVersion]:
    """Return a page of everything this person has uploaded, newest first.

    Each version carries its main `job` and its track's `card`.
    """
    versions = (
        TrackVersion.objects.filter(track__owner=owner)
        .select_related("track", "media__asset__facts", "media__asset__artwork")
        .defer("track__description_md", "media__asset__facts__loudness_curve")
        .prefetch_related(MAIN_JOBS)
        .order_by("-id")
    )
    if before:
        versions = versions.filter(pk__lt=read_id_cursor(before))
    found = page(versions, lambda version: version.pk.hex)
    for version in found.rows:
        asset: Any = version.media.asset  # `main_jobs` comes from the prefetch
        version.job = next(iter(asset.main_jobs), None)
        version.track.card = card_of(version.media)
    return found


MAIN_JOBS = Prefetch(
    "media__asset__jobs",
    Job.objects.filter(kind=Job.Kind.PROCESS).order_by("-id").defer("stderr_tail"),
    to_attr="main_jobs",
)


JOB_TOLD = ("state", "stage", "progress", "seconds_left", "error_code", "error")


def open_uploads(owner: Person) -> list[Upload]:
    """Return the uploads that were begun and not finished, newest first."""
    live = [Upload.State.OPEN, Upload.State.COMPLETING]
    return list(Upload.objects.filter(owner=owner, state__in=live).order_by("-id")[:20])


BAR_LONGEST = 40  # versions that a page offers to choose from; the owner's list has them all


def version_numbered(
    track: Track, viewer: User, number: str, *, overview: bool = False
) -> TrackVersion | None:
    """Return the version of an opened track with this number, if this person may hear it.

    Raises Http404 for what is no number.
    """
    versions = TrackVersion.objects.shown_on(track, viewer).for_telling(overview=overview)
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
    return list(versions.exclude(pk__in=list(but)).for_telling().order_by("-number")[:BAR_LONGEST])


def version_history(track: Track, viewer: User, before: str = "") -> Page[TrackVersion]:
    """Return a page of a track's versions, newest first, hidden ones for their owner.

    Each carries its main `job` and its `loudness_change` in LU against the number before it.
    """
    versions = TrackVersion.objects.shown_on(track, viewer).order_by("-number")
    if before:
        versions = versions.filter(number__lt=read_number_cursor(before))
    loudness = "media__asset__facts__loudness_lufs"
    earlier = Window(Lag(loudness), order_by="number")
    rows = versions.for_telling().prefetch_related(MAIN_JOBS).annotate(earlier_lufs=earlier)
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


def main_job(version: TrackVersion) -> Job | None:
    """Return the newest job that makes this version playable."""
    jobs = Job.objects.filter(asset_id=version.media.asset_id, kind=Job.Kind.PROCESS)
    return jobs.only(*JOB_TOLD).order_by("-id").first()
