"""What a mixer needs to play the stems of a version: told by the API."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from config.lib.prepared import Prepared
from media_pipeline.delivery import expiry_for, media_url
from media_pipeline.models import Job
from tracks.access import User
from tracks.models import Stem, TrackVersion
from tracks.processing.selectors import MAIN_JOBS

SHOWN = 64  # stems of one version that a mixer is told of
_NAMES: Prepared[Stem] = Prepared(
    lambda version: Stem.objects.filter(version=version).only(
        "role", "title", "position", "version"
    )[:SHOWN],
    version=UUID(int=1),
)
UNFINISHED = {"pending", "processing"}  # a status that changes by itself


def stems_of(version: TrackVersion) -> list[Stem]:
    """Return the stems of a version in their order, with all that is told of them; two queries."""
    return list(_data(version.stems.all())[:SHOWN])


def names_of(version: TrackVersion) -> list[Stem]:
    """Return the stems of a version as a page names them: those it came with, or in one query."""
    come_with: list[Stem] | None = getattr(version, "stem_names", None)
    return _NAMES.ask(version=version.pk) if come_with is None else come_with


def names_beside(version: OuterRef) -> Any:
    """Return the names of a version's stems as a column of JSON, for `with_names`."""
    row = JSONObject(role="role", title="title")
    stems = Stem.objects.filter(version=version).order_by("position", "id")
    return ArraySubquery(stems.values(row=row)[:SHOWN])


def with_names(version: TrackVersion, data: list[dict[str, Any]]) -> None:
    """Give a version the names of its stems, which its page then need not ask for."""
    version.stem_names = [Stem(**row) for row in data]  # type: ignore[attr-defined]


def preparing(version: TrackVersion) -> list[Stem]:
    """Return the stems of a version that the machine is still at, in two queries."""
    unfinished = version.stems.filter(media__asset__ready_at=None).select_related("media__asset")
    rows = unfinished.prefetch_related(MAIN_JOBS)[:SHOWN]
    assets: list[tuple[Stem, Any]] = [(stem, stem.media.asset) for stem in rows]
    return [
        stem
        for stem, asset in assets
        if _status(asset, next(iter(asset.main_jobs), None)) in UNFINISHED
    ]


def one_of(version: TrackVersion, **lookup: Any) -> Stem | None:
    """Return one stem of a version, with all that is told of it."""
    return _data(version.stems.filter(**lookup)).first()


def _data(stems: QuerySet[Stem]) -> QuerySet[Stem]:
    asset = "media__asset"
    return (
        stems.select_related(f"{asset}__facts", f"{asset}__waveform")
        .defer(f"{asset}__facts__loudness_curve")
        .prefetch_related(MAIN_JOBS)
        .order_by("position", "id")
    )


def stem_data(stem: Stem, user: User) -> dict[str, Any]:
    """Return the members of the API's StemState; why it failed is told to whoever added it."""
    asset: Any = stem.media.asset  # `main_jobs` comes from the prefetch
    facts, waveform = getattr(asset, "facts", None), getattr(asset, "waveform", None)
    job = next(iter(asset.main_jobs), None)
    duration = facts.duration_ms if facts else None
    url = media_url(stem.media, asset.attempt, "master.m3u8", duration_ms=duration)
    return {
        "id": stem.pk,
        "role": stem.role,
        "role_name": stem.get_role_display(),
        "title": str(stem),
        "position": stem.position,
        "status": _status(asset, job),
        "playable": asset.playable,
        "progress": job.progress if job else 0,
        "error": job.error if job and stem.created_by_id == user.pk else "",
        "duration_ms": duration,
        "overview": waveform.overview if waveform else [],
        "hls_url": url if asset.playable else None,
        "expires_at": datetime.fromtimestamp(expiry_for(duration_ms=duration), UTC),
    }


def _status(asset: Any, job: Job | None) -> str:
    if asset.ready_at:
        return "ready"
    if job and job.is_live:
        return "processing" if job.state == Job.State.RUNNING else "pending"
    return "failed" if job else "pending"
