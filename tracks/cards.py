"""What one track looks like in a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from config.lib import page_cache
from media_pipeline.delivery import media_url
from media_pipeline.models import Media
from tracks.models import Track


@dataclass(frozen=True)
class Card:
    """The figures and pictures of a track in a list; the addresses of pictures are signed."""

    cover_thumb_url: str
    duration_ms: int | None
    playable: bool
    accent: str
    media: Media | None = None

    @property
    def cover_url(self) -> str:
        """The large cover, signed only where a page shows it."""
        return _picture(self.media, "cover.jpg") if self.media and self.cover_thumb_url else ""


BLANK = Card(cover_thumb_url="", duration_ms=None, playable=False, accent="")


def with_cards(tracks: Iterable[Track]) -> list[Track]:
    """Give each track its `card`. The tracks must come from `for_card()`: no query is made."""
    listed = list(tracks)
    for track in listed:
        page_cache.shows(f"track:{track.pk}", f"person:{track.owner_id}")
        track.card = card_of(track.primary_version.media) if track.primary_version else BLANK
    return listed


def card_of(media: Media) -> Card:
    """Return the card of one media; what is not there yet is empty."""
    asset = media.asset
    facts, artwork = getattr(asset, "facts", None), getattr(asset, "artwork", None)

    return Card(
        media=media,
        cover_thumb_url=_picture(media, "cover-thumb.jpg") if artwork else "",
        duration_ms=facts.duration_ms if facts else None,
        playable=asset.playable,
        accent=artwork.accent if artwork else "",
    )


def _picture(media: Media, name: str) -> str:
    return media_url(media, "-", name, scope="img")
