"""Audio for tests: files that FFmpeg plays, and a sink in memory."""

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from media_pipeline import ffmpeg
from media_pipeline.steps.encode import Encoded, NotNumbers, encode
from media_pipeline.steps.probe import probe
from media_pipeline.steps.sniff import sniff

REPO = Path(__file__).parents[2]
DATA = Path(os.environ.get("NEXUS_TEST_DATA", REPO.parent / "shared" / "data"))


def make(*arguments: str, to: Path) -> Path:
    """Let FFmpeg write a test file: trusted input, so none of the guards."""
    subprocess.run(
        [ffmpeg.binary(), "-v", "error", "-y", *arguments, to], check=True, capture_output=True
    )
    return to


def tone(seconds: float, frequency: int = 440, rate: int = 44100) -> list[str]:
    return ["-f", "lavfi", "-i", f"sine=f={frequency}:r={rate}:d={seconds}"]


def decode(path: Path, *arguments: str, form: str = "s16le") -> bytes:
    """The sound of a file as samples, signed 16-bit unless another form is asked for."""
    command = [ffmpeg.binary(), "-v", "error", "-i", path, *arguments, "-f", form, "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout


@dataclass
class Shelf:
    """A sink in memory that remembers what was announced, and checks that it was true."""

    files: dict[str, bytes] = field(default_factory=dict)
    history: list[tuple[str, int, float, bool]] = field(default_factory=list)

    def put(self, name: str, data: bytes, content_type: str) -> None:
        assert content_type in {"audio/mp4", "application/vnd.apple.mpegurl"}
        self.files[name] = data

    def published(self, rendition: str, segments: int, seconds: float, ended: bool) -> None:
        listed = self.text(f"{rendition}/playlist.m3u8").count("segment_")
        assert listed == segments
        assert f"{rendition}/init.mp4" in self.files
        self.history.append((rendition, segments, seconds, ended))

    def text(self, name: str) -> str:
        return self.files[name].decode()

    def whole(self, rendition: str, to: Path) -> Path:
        """The rendition as a player would join it, following its playlist."""
        names = [
            line for line in self.text(f"{rendition}/playlist.m3u8").splitlines() if line[0] != "#"
        ]
        parts = [self.files[f"{rendition}/{name}"] for name in ["init.mp4", *names]]
        to.write_bytes(b"".join(parts))
        return to


def process(path: Path, shelf: Shelf) -> Encoded:
    """What the worker does with a file, up to the end of the pass."""
    demuxer = sniff(path)
    claims = probe(path, demuxer)
    try:
        return encode(path, demuxer, claims, shelf)
    except NotNumbers:
        return encode(path, demuxer, claims, shelf, clean=True)
