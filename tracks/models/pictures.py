"""Which picture stands for a piece: its own, its file's, its release's, or one of its sound."""

from typing import Any, NamedTuple
from uuid import UUID

from media_pipeline.delivery import Signable
from media_pipeline.models import Artwork


class ListedMedia(NamedTuple):
    """As much of a media as signs its addresses."""

    pk: UUID
    epoch: int


class Picture(NamedTuple):
    """A media whose cover is shown, and the colour that goes with it."""

    media: Signable
    accent: str


def picture_of(track: Any, media: Any) -> Picture | None:
    """Return what stands for a track whose file is `media`; None while there is nothing.

    No query is made where both come from a selector. One that carries no `release_cover`
    knows of no release.
    """
    if track.cover:
        return Picture(track.cover, track.cover_accent)
    inside = getattr(media.asset, "artwork", None)
    own = Picture(media, inside.accent) if inside else None
    if inside and inside.origin == Artwork.Origin.EMBEDDED:
        return own
    return of_release(getattr(track, "release_cover", None)) or own


def of_release(line: str | None) -> Picture | None:
    """Read the column of `on_releases.release_cover`."""
    if not line:
        return None
    media, epoch, accent = line.split(" ")
    return Picture(ListedMedia(UUID(media), int(epoch)), accent)
