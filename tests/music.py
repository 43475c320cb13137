"""Sound for the tests: real music where there is some, else tones rendered on the spot."""

import os
import subprocess
from pathlib import Path

import imageio_ffmpeg

ROOT = Path(__file__).resolve().parents[1]


def music_folder() -> Path | None:
    """Return the folder of real music (`NEXUS_TEST_DATA`, default `../shared/data`), or None."""
    folder = Path(os.environ.get("NEXUS_TEST_DATA") or ROOT.parent / "shared" / "data")
    return folder if (folder / "music").is_dir() else None


def real_or_tone(name: str, folder: Path) -> Path:
    """Return the piece of real music with this path, or a tone of the same format in `folder`.

    An absolute path is a file that the test has made itself.
    """
    if (own := Path(name)).is_absolute():
        return own
    if (real := music_folder()) and (real / name).is_file():
        return real / name
    seconds = 300 if "5min" in name else 20
    return tone(folder / Path(name).name, seconds=seconds)


def tone(
    path: Path, *, seconds: float = 5, rate: int = 44_100, channels: int = 2, options: str = ""
) -> Path:
    """Render a swelling chord to `path`; the suffix names the format, `options` are FFmpeg's."""
    wave = "0.3*sin(440*2*PI*t)*(0.6+0.4*sin(PI*t))+0.15*sin(660*2*PI*t)"
    layout = "mono" if channels == 1 else f"{channels}c" if channels != 2 else "stereo"
    expression = "|".join([wave] * channels)
    source = f"aevalsrc={expression}:s={rate}:d={seconds}:c={layout}"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-f", "lavfi", "-i", source]
    subprocess.run([*command, *options.split(), str(path)], check=True)
    return path
