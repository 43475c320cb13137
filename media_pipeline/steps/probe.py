"""What a file claims to be, read in a short-lived process under limits."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from media_pipeline import ffmpeg
from media_pipeline.ffmpeg.command import DECODERS
from media_pipeline.steps import errors

CHILD = Path(__file__).with_name("probe_child.py")
LIMITS = ffmpeg.Limits(wall_s=30, stall_s=30)
ANSWER_BYTES = 1 << 20
MAX_CHANNELS = 8
MAX_RATE = 768_000
LEAST_BITS_PER_SECOND = 300  # Opus in silence; a claim below this is a lie about the duration


@dataclass(frozen=True)
class Probe:
    """Claims, not truths: only decoding tells. `duration_s` is None when it cannot be believed.

    `bit_depth` is None for lossy codecs, `bitrate` in bits per second, names as FFmpeg writes them.
    """

    duration_s: float | None
    sample_rate: int
    channels: int
    codec: str
    container: str
    bit_depth: int | None
    bitrate: int
    tags: dict[str, str]
    has_picture: bool


def probe(source: Path, demuxer: str) -> Probe:
    """Read the headers of `source` with this demuxer only.

    Raises Refused (damaged, no-audio-stream, too-many-channels, too-demanding), or
    ffmpeg.ProcessFailed when the machine cannot start the reader.
    """
    answer = bytearray()

    def listen(data: bytes) -> None:
        answer.extend(data[: ANSWER_BYTES - len(answer)])

    argv = [sys.executable, "-I", str(CHILD), demuxer, DECODERS]
    try:
        ffmpeg.run_limited(argv, source=source, pipes={"answer": listen}, limits=LIMITS)
    except ffmpeg.ProcessFailed as failure:
        if failure.reason == "cannot-start":
            raise
        if failure.reason in {"too-slow", "stalled", "memory"}:
            raise errors.too_demanding() from failure
        raise errors.damaged() from failure
    found = json.loads(answer)
    if found["audio"] is None:
        raise errors.no_audio_stream()
    return _judged(found, demuxer, source.stat().st_size)


def _judged(found: dict[str, Any], demuxer: str, size: int) -> Probe:
    audio = found["audio"]
    if not 0 < audio["sample_rate"] <= MAX_RATE or audio["channels"] < 1:
        raise errors.damaged()
    if audio["channels"] > MAX_CHANNELS:
        raise errors.too_many_channels(MAX_CHANNELS)
    duration = _believable(audio["duration_s"], audio["codec"], audio["bitrate"], size)
    return Probe(
        duration_s=duration,
        sample_rate=audio["sample_rate"],
        channels=audio["channels"],
        codec=audio["codec"],
        container=demuxer,
        bit_depth=audio["bit_depth"],
        bitrate=audio["bitrate"] or (int(size * 8 / duration) if duration else 0),
        tags=found["tags"],
        has_picture=found["has_picture"],
    )


def _believable(claimed: float | None, codec: str, bitrate: int, size: int) -> float | None:
    """The claimed duration in seconds, as far as the size of the file allows it."""
    if claimed is None or claimed <= 0:
        return None
    if codec.startswith("pcm_") and bitrate:
        return min(claimed, size * 8 / bitrate)
    return claimed if size * 8 / claimed >= LEAST_BITS_PER_SECOND else None
