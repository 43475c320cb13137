"""How a piece sounds, as numbers: near ones sound alike, and the same recording stays where it is.

91 of them in four blocks: timbre (MFCC 1 to 19, Davis & Mermelstein 1980: mean, deviation, change),
spectrum, harmony whatever the key (magnitudes of the Fourier transform of chroma, Quinn 2006), and
rhythm (autocorrelation of onsets). Nothing above 10 kHz counts: what encoders cut off would.
"""

from pathlib import Path
from typing import Any

import ffmpeg as graph
import numpy as np
from numpy.typing import NDArray

from media_pipeline import ffmpeg
from media_pipeline.ffmpeg.process import ShouldStop
from media_pipeline.steps.descriptor_corpus import DEVIATIONS, MEANS
from media_pipeline.steps.descriptor_parts import RATE, measured
from media_pipeline.steps.probe import Probe
from media_pipeline.steps.recipes import heard

VERSION = 1  # of these numbers: those of different versions are not to be compared
BLOCKS = {"timbre": 57, "spectrum": 6, "harmony": 19, "rhythm": 9}
SIZE = sum(BLOCKS.values())
SAMPLE_BYTES = 4
MOST_S, LEAST_S = 600, 3
QUIETEST = 1e-3  # root mean square of samples between −1 and 1: −60 dBFS
FARTHEST = 4.0  # deviations; beyond, what is strange would be nothing but strange
MIB = 1 << 20
LIMITS = ffmpeg.Limits(wall_s=900, file_size=MOST_S * RATE * SAMPLE_BYTES + MIB, nice=10)

Vector = NDArray[np.float64]


def describe(
    source: Path,
    demuxer: str,
    probe: Probe,
    folder: Path,
    *,
    should_stop: ShouldStop | None = None,
) -> Vector | None:
    """Return the descriptor of the first ten minutes, of length 1; None for silence, or under 3 s.

    `folder` takes up to 53 MB for a while. Raises ffmpeg.ProcessFailed or ffmpeg.Stopped.
    """
    sound = folder / "mono.f32"
    try:
        ffmpeg.run(
            compose(demuxer, probe),
            file=source,
            files={"sound": sound},
            limits=LIMITS,
            should_stop=should_stop,
        )
        return described(np.memmap(sound, np.float32, "r") if sound.stat().st_size else np.zeros(0))
    finally:
        sound.unlink(missing_ok=True)


def compose(demuxer: str, probe: Probe) -> Any:
    """The ffmpeg-python graph: ten minutes of it as mono floats."""
    mono = heard(demuxer, probe, clean=True).filter("aresample", RATE)
    mono = mono.filter("aformat", channel_layouts="mono", sample_fmts="flt")
    return graph.output(mono, "pipe:4", format="f32le", acodec="pcm_f32le", t=MOST_S)


def described(sound: NDArray[Any]) -> Vector | None:
    """Return the descriptor of mono samples at 22,050 Hz; None for silence, or under 3 s."""
    if len(sound) < LEAST_S * RATE:
        return None
    if np.sqrt(np.mean(np.square(sound, dtype=np.float64))) <= QUIETEST:
        return None
    found = measured(sound)
    return None if found is None else placed(found)


def placed(raw: Vector) -> Vector:
    """Return measures among those of the corpus: each block z-scored, all blocks of equal say."""
    scores = np.clip((raw - MEANS) / DEVIATIONS, -FARTHEST, FARTHEST)
    weights = np.concatenate([np.full(n, n**-0.5) for n in BLOCKS.values()])
    vector = scores * weights
    return np.asarray(vector / np.linalg.norm(vector), np.float64)
