"""The own cover of a thing, as its pages and programs are told."""

from typing import Any

from media_pipeline.delivery import media_url
from tracks.models import Playlist, Release, Track


def cover_state(thing: Track | Release | Playlist) -> dict[str, Any]:
    """Return the signed addresses and the accent of its own cover; empty where it has none."""
    media = thing.cover
    if media is None:
        return {"cover_url": "", "cover_thumb_url": "", "accent": ""}
    return {
        "cover_url": media_url(media, "-", "cover.jpg", scope="img"),
        "cover_thumb_url": media_url(media, "-", "cover-thumb.jpg", scope="img"),
        "accent": thing.cover_accent,
    }


def cover_of(release: Release, face: Any) -> dict[str, Any]:
    """Return its own cover, else that of its first piece (`face`, a card); empty where none is."""
    own = cover_state(release)
    if own["cover_url"] or face is None:
        return own
    return {
        "cover_url": face.cover_url,
        "cover_thumb_url": face.cover_thumb_url,
        "accent": face.accent,
    }
