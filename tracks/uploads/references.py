"""What originals are here, told to their owner when the same bytes come again."""

from collections.abc import Sequence
from uuid import UUID

from config.lib.urls import address_of
from media_pipeline.uploads.services.duplicates import Reference, finds_references
from tracks.models import Stem, Track, TrackVersion, TrackVisual


@finds_references
def versions(assets: Sequence[UUID]) -> list[Reference]:
    """Name the versions made of these assets, newest first."""
    rows = TrackVersion.objects.filter(media__asset__in=assets).select_related("track")
    return [
        _reference(f"v{row.number} of {row.track.title}", row.track, f"?v={row.number}")
        for row in rows.order_by("-id")
    ]


@finds_references
def stems(assets: Sequence[UUID]) -> list[Reference]:
    """Name the stems made of these assets."""
    rows = Stem.objects.filter(media__asset__in=assets).select_related("version__track")
    return [
        _reference(
            f"the stem {row} of {row.version.track.title}",
            row.version.track,
            f"?v={row.version.number}",
        )
        for row in rows
    ]


@finds_references
def visuals(assets: Sequence[UUID]) -> list[Reference]:
    """Name the pictures and films made of these assets."""
    rows = TrackVisual.objects.filter(media__asset__in=assets).select_related("track")
    return [_reference(f"the picture of {row.track.title}", row.track) for row in rows]


def _reference(name: str, track: Track, which: str = "") -> Reference:
    """Return where it is: what is deleted is found among the deleted, and can be brought back."""
    if track.deleted_at:
        return Reference(f"{name}, which you deleted", address_of("deleted"))
    return Reference(name, f"{track.get_absolute_url()}{which}")
