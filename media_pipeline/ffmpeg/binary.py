"""Which FFmpeg is used."""

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

OLDEST_SAFE = (8, 1, 3)  # below that, CVE-2026-107697: HLS inside a file gets past the whitelists


class FFmpegMissing(RuntimeError):
    """There is no FFmpeg to run; the message says what to do."""


@cache
def binary() -> Path:
    """The FFmpeg program: ``FFMPEG_BIN`` if set, else the one inside the imageio-ffmpeg wheel."""
    named = os.environ.get("FFMPEG_BIN")
    if named:
        found = shutil.which(named)
        if found is None:
            raise FFmpegMissing(f"FFMPEG_BIN names {named}, but no program is there.")
        return Path(found).resolve()
    import imageio_ffmpeg

    try:
        return Path(imageio_ffmpeg.get_ffmpeg_exe()).resolve()
    except RuntimeError as error:
        raise FFmpegMissing("No FFmpeg was found. Set FFMPEG_BIN to its path.") from error


@cache
def version() -> tuple[int, ...] | None:
    """The release as numbers, (9, 0, 2); None for a build that carries no release number."""
    output = subprocess.run(
        [binary(), "-version"], capture_output=True, text=True, env={}, check=True
    ).stdout
    match = re.match(r"ffmpeg version n?(\d+(?:\.\d+)+)", output)
    return tuple(map(int, match[1].split("."))) if match else None
