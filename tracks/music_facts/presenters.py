"""Tempo and key, as a page tells them."""

from dataclasses import dataclass
from decimal import Decimal

from tracks.models import Track
from tracks.music_facts.rules import SURE_KEY, SURE_TEMPO, camelot, key_words


@dataclass(frozen=True)
class MusicShown:
    """What is known, and how sure it is; empty texts for nothing."""

    bpm: str
    is_bpm_sure: bool
    key: str
    code: str
    is_key_sure: bool


def shown(track: Track) -> MusicShown:
    """Return tempo and key of a track in words."""
    key = track.music_key
    return MusicShown(
        bpm=bpm_words(track.bpm) if track.bpm is not None else "",
        is_bpm_sure=_is_sure(track.bpm_confidence, SURE_TEMPO),
        key=key_words(key) if key else "",
        code=camelot(key),
        is_key_sure=_is_sure(track.music_key_confidence, SURE_KEY),
    )


def bpm_words(bpm: Decimal) -> str:
    """Return a tempo without what nobody needs of it: 120, 129.6."""
    text = f"{bpm:.1f}"
    return text.removesuffix(".0")


def _is_sure(confidence: float | None, least: float) -> bool:
    return confidence is None or confidence >= least
