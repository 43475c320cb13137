"""Tempo and key: what a machine hears of the music in a file.

Measured by essentia (Bogdanov et al., ISMIR 2013): RhythmExtractor2013 with five onset functions
(Zapata et al. 2014) and KeyExtractor with the profile bgate (Faraldo 2017).
"""

import importlib.util
import json
import math
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg as graph
import numpy as np

from media_pipeline import ffmpeg
from media_pipeline.ffmpeg.process import ShouldStop
from media_pipeline.steps.probe import Probe
from media_pipeline.steps.recipes import heard

CHILD = Path(__file__).with_name("music_child.py")
RATE = 44_100  # Hz; what both algorithms are made for
SAMPLE_BYTES = 4
MOST_S, LEAST_S = 600, 6
QUIETEST = 1e-3  # root mean square of samples between −1 and 1: −60 dBFS
SLOWEST, FASTEST = 20, 400  # beats a minute
MIB = 1 << 20
SOUND_LIMITS = ffmpeg.Limits(wall_s=900, file_size=MOST_S * RATE * SAMPLE_BYTES + MIB, nice=10)
CHILD_LIMITS = ffmpeg.Limits(
    wall_s=900, stall_s=900, address_space=6144 * MIB, resident=1024 * MIB, nice=10
)


@dataclass(frozen=True)
class Heard:
    """Tempo in beats a minute and key (C, F#m), each with its confidence; None, "" for nothing.

    The tempo's confidence is from 0 to 5.32, the key's from 0 to 1.
    """

    bpm: float | None = None
    bpm_confidence: float | None = None
    key: str = ""
    key_confidence: float | None = None


def can_hear() -> bool:
    """Tell whether the library is installed. It is looked for, and not loaded."""
    return importlib.util.find_spec("essentia") is not None


def hear(
    source: Path,
    demuxer: str,
    probe: Probe,
    folder: Path,
    *,
    should_stop: ShouldStop | None = None,
) -> Heard:
    """Return what is heard in the first ten minutes of a file; nothing where it is too short.

    `folder` takes up to 106 MB for a while. Raises ffmpeg.ProcessFailed or ffmpeg.Stopped.
    """
    sound = folder / "sound.f32"
    try:
        ffmpeg.run(
            compose(demuxer, probe),
            file=source,
            files={"sound": sound},
            limits=SOUND_LIMITS,
            should_stop=should_stop,
        )
        return measure(sound, should_stop=should_stop)
    finally:
        sound.unlink(missing_ok=True)


def compose(demuxer: str, probe: Probe) -> Any:
    """The ffmpeg-python graph: ten minutes of it as mono floats."""
    mono = heard(demuxer, probe, clean=True).filter("aresample", RATE)
    mono = mono.filter("aformat", channel_layouts="mono", sample_fmts="flt")
    return graph.output(mono, "pipe:4", format="f32le", acodec="pcm_f32le", t=MOST_S)


def measure(sound: Path, *, should_stop: ShouldStop | None = None) -> Heard:
    """Return what is heard in mono samples, 32-bit floats at 44,100 Hz."""
    if not _is_music(sound):
        return Heard()
    told = bytearray()
    ffmpeg.run_limited(
        [sys.executable, "-I", str(CHILD)],
        source=sound,
        pipes={"heard": told.extend},
        limits=CHILD_LIMITS,
        should_stop=should_stop,
    )
    found = json.loads(bytes(told))
    bpm, key = found["bpm"], str(found["key"])
    if bpm is None or not SLOWEST <= bpm <= FASTEST:
        bpm = None
    return Heard(
        bpm=bpm,
        bpm_confidence=found["bpm_confidence"] if bpm else None,
        key=key,
        key_confidence=_within(found["key_confidence"]),
    )


def _within(confidence: float) -> float:
    return min(1.0, max(0.0, confidence)) if math.isfinite(confidence) else 0.0


def _is_music(sound: Path) -> bool:
    """Tell whether there is enough of it to measure, and anything to hear."""
    if sound.stat().st_size < LEAST_S * RATE * SAMPLE_BYTES:
        return False
    samples = np.memmap(sound, dtype=np.float32, mode="r")
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) > QUIETEST
