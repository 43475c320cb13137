"""One bare FFmpeg process that makes what one upload needs: the yardstick for our pipeline."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from media_pipeline import ffmpeg


@dataclass(frozen=True)
class Bare:
    """Wall-clock and CPU seconds of one process."""

    wall_s: float
    cpu_s: float

    @property
    def machine_limit_s(self) -> float:
        """The least wall-clock time in which all cores together could do this work."""
        return self.cpu_s / (os.cpu_count() or 1)


def encode(source: Path, folder: Path) -> Bare:
    """Make the three default renditions, PCM, loudness and fingerprint of `source` in `folder`."""
    fragmented = ["-movflags", "+delay_moov+default_base_moof", "-frag_duration", "2000000"]
    graph = "[0:a:0]ebur128=peak=true:framelog=quiet,asplit=5[a][b][c][d][e]"
    argv = [
        *(str(ffmpeg.binary()), "-v", "info", "-nostdin", "-y", "-i", str(source)),
        *("-filter_complex", graph),
        *("-map", "[a]", "-c:a", "libopus", "-b:a", "160k", "-f", "mp4", *fragmented),
        str(folder / "opus.mp4"),
        *("-map", "[b]", "-c:a", "libopus", "-b:a", "64k", "-f", "mp4", *fragmented),
        str(folder / "opus64.mp4"),
        *("-map", "[c]", "-c:a", "aac", "-b:a", "256k", "-f", "mp4", *fragmented),
        str(folder / "aac.mp4"),
        *("-map", "[d]", "-c:a", "pcm_s16le", "-f", "s16le", "/dev/null"),
        *("-map", "[e]", "-f", "chromaprint", "-fp_format", "raw", str(folder / "print")),
    ]
    started = time.monotonic()
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"The bare FFmpeg ended with {process.returncode}.")
    return Bare(wall, usage.ru_utime + usage.ru_stime)


def one_hour(medley: Path, folder: Path) -> Path:
    """Return one hour of real music (12 rounds of the five-minute medley) as 16-bit WAV."""
    target = folder / "one-hour.wav"
    subprocess.run(
        [
            *(str(ffmpeg.binary()), "-v", "error", "-nostdin", "-y", "-stream_loop", "11"),
            *("-i", str(medley), "-t", "3600", "-c:a", "pcm_s16le", str(target)),
        ],
        check=True,
    )
    return target
