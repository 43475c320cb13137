"""Versions of real music made by cutting, whose truth is therefore known to the sample."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.media_pipeline.audio import make

RATE = 44_100
Samples = NDArray[np.int16]
# What a later master does to the sound: softer or louder, other treble and bass, another codec.
MASTERED = ["-af", "volume=3dB,alimiter=limit=0.9,treble=g=3,bass=g=2"]


@dataclass(frozen=True)
class Cut:
    """A stretch of the original, in seconds; or of other music, where `of` is given."""

    start: float
    end: float
    of: Samples | None = None


@dataclass(frozen=True)
class Edited:
    """A newer version, and where each moment of the original is in it (None: nowhere)."""

    path: Path
    truth: Callable[[float], float | None]
    duration: float


def samples_of(path: Path, folder: Path) -> Samples:
    """Return a piece as stereo samples at 44,100 Hz."""
    raw = make("-i", path, "-ac", "2", "-ar", str(RATE), "-f", "s16le", to=folder / "raw.pcm")
    return np.fromfile(raw, "<i2").reshape(-1, 2)


def melody(seed: int, seconds: float = 40) -> Samples:
    """Return a tune that nobody has heard before: plucked notes of uneven lengths and levels."""
    random = np.random.default_rng(seed)
    parts: list[NDArray[np.float64]] = []
    while sum(map(len, parts)) < seconds * RATE:
        at = np.arange(int(random.uniform(0.12, 0.6) * RATE)) / RATE
        pitch = 110 * 2 ** (random.choice([0, 2, 3, 5, 7, 8, 10, 12, 15, 17, 19, 22]) / 12)
        tone = sum(np.sin(2 * np.pi * pitch * n * at) / n for n in (1, 2, 3, 5))
        parts.append(tone * np.exp(-3 * at) * random.uniform(0.15, 0.45))
    mono = np.concatenate(parts)[: int(seconds * RATE)]
    return np.repeat((mono * 16_000).astype(np.int16)[:, None], 2, axis=1)


def edit(piece: Samples, cuts: list[Cut], to: Path, *how: str) -> Edited:
    """Join the cuts and write them through FFmpeg with the options `how`, e.g. `*MASTERED`."""
    parts = [(cut.of if cut.of is not None else piece)[_span(cut)] for cut in cuts]
    raw = to.with_suffix(".pcm")
    np.concatenate(parts).astype("<i2").tofile(raw)
    make("-f", "s16le", "-ar", str(RATE), "-ac", "2", "-i", raw, *how, to=to)
    raw.unlink()
    starts = np.concatenate([[0.0], np.cumsum([len(part) / RATE for part in parts])])

    def truth(seconds: float) -> float | None:
        for cut, start in zip(cuts, starts, strict=False):
            if cut.of is None and cut.start <= seconds < cut.end:
                return float(start + seconds - cut.start)
        return None

    return Edited(to, truth, float(starts[-1]))


def _span(cut: Cut) -> slice:
    return slice(round(cut.start * RATE), round(cut.end * RATE))
