"""Music of which tempo and key are known, and what the tests say where nobody can hear them."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from media_pipeline.steps.music import RATE, can_hear
from tests.media_pipeline.audio import DATA

ADVICE = "Tempo and key need essentia. It has wheels for Linux on x86_64: make test installs it."
NO_MUSIC = "The pairs of recordings are not on this machine."
needs_ears = pytest.mark.skipif(not can_hear(), reason=ADVICE)
PAIRS = DATA / "dedupe"
needs_pairs = pytest.mark.skipif(not PAIRS.is_dir(), reason=NO_MUSIC)

Sound = NDArray[np.float32]
# Semitones above C of a cadence: tonic, subdominant, dominant, tonic.
CADENCES = {
    "major": ((0, 4, 7), (5, 9, 12), (7, 11, 14)),
    "minor": ((0, 3, 7), (5, 8, 12), (7, 10, 14)),
}
MIDDLE_C = 261.63


def clicks(bpm: float, seconds: float = 15) -> Sound:
    """Return short clicks, so many a minute."""
    at = np.arange(int(seconds * RATE)) / RATE
    since = np.mod(at, 60 / bpm)
    return (0.6 * np.sin(2 * np.pi * 1500 * since) * np.exp(-since * 200)).astype(np.float32)


def chords(tonic: int, mode: str, seconds: float = 16) -> Sound:
    """Return a cadence over and over, two seconds a chord; `tonic` in semitones above C."""
    first, second, third = CADENCES[mode]
    at = np.arange(2 * RATE) / RATE
    fading = np.exp(-at)
    parts = [
        sum(
            np.sin(2 * np.pi * MIDDLE_C * 2 ** ((tonic + note) / 12) * harmonic * at) / harmonic
            for note in chord
            for harmonic in (1, 2, 3)
        )
        * fading
        for chord in (first, second, third, first)
    ]
    whole = np.concatenate(parts * int(np.ceil(seconds / 8)))
    return (0.15 * whole).astype(np.float32)


def written(sound: Sound, path: Path) -> Path:
    """Write samples as the child reads them."""
    sound.tofile(path)
    return path
