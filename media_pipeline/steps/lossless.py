"""A FLAC of a lossless original, to keep: every channel, rate and bit that FLAC can hold."""

from collections.abc import Callable
from pathlib import Path

import ffmpeg as graph

from media_pipeline import ffmpeg
from media_pipeline.steps.probe import Probe

FLAC_FD = 4
WALL_S = 1800.0
MIB = 1 << 20


def make_flac(
    source: Path,
    demuxer: str,
    probe: Probe,
    flac: Path,
    *,
    should_stop: Callable[[], bool] | None = None,
) -> None:
    """Write the file `flac`, of 16 or 24 bits. Raises ffmpeg.ProcessFailed, or ffmpeg.Stopped.

    Floating point is rounded to 24 bits; what is louder than full scale is cut there.
    """
    depth = "s16" if (probe.bit_depth or 16) <= 16 else "s32"
    sound = ffmpeg.source(demuxer, decoder=probe.decoder)["a:0"]
    output = graph.output(
        sound.filter("aformat", sample_fmts=depth),
        "fd:",
        fd=FLAC_FD,
        format="flac",
        acodec="flac",
        map_metadata=-1,
        map_chapters=-1,
        fflags="+bitexact",
    )
    seconds = probe.duration_s or 0
    ffmpeg.run(
        output,
        file=source,
        files={"flac": flac},
        limits=ffmpeg.Limits(
            wall_s=max(WALL_S, 4 * seconds), file_size=source.stat().st_size * 4 + 64 * MIB
        ),
        should_stop=should_stop,
    )
