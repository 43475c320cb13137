"""What originals are here, told to their owner when the same bytes come again."""

from collections.abc import Sequence
from uuid import UUID

from media_pipeline.uploads.services.duplicates import Reference, finds_references
from tracks.models import Stem, TrackVersion, TrackVisual


@finds_references
def versions(assets: Sequence[UUID]) -> list[Reference]:
    """Name the versions made of these assets, newest first."""
    rows = TrackVersion.objects.filter(media__asset__in=assets).select_related("track")
    return [
        Reference(
            f"v{row.number} of {row.track.title}", f"{row.track.get_absolute_url()}?v={row.number}"
        )
        for row in rows.order_by("-id")
    ]


@finds_references
def stems(assets: Sequence[UUID]) -> list[Reference]:
    """Name the stems made of these assets."""
    rows = Stem.objects.filter(media__asset__in=assets).select_related("version__track")
    return [
        Reference(
            f"the stem {row} of {row.version.track.title}",
            f"{row.version.track.get_absolute_url()}?v={row.version.number}",
        )
        for row in rows
    ]


@finds_references
def visuals(assets: Sequence[UUID]) -> list[Reference]:
    """Name the pictures and films made of these assets."""
    rows = TrackVisual.objects.filter(media__asset__in=assets).select_related("track")
    return [
        Reference(f"the picture of {row.track.title}", row.track.get_absolute_url()) for row in rows
    ]
