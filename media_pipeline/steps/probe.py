"""What a file claims to be, read in a short-lived process under limits."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from media_pipeline import ffmpeg
from media_pipeline.ffmpeg.command import DECODERS
from media_pipeline.steps import errors
from media_pipeline.steps.ogg import shapes
from media_pipeline.steps.wave import Samples, samples_of

CHILD = Path(__file__).with_name("probe_child.py")
LIMITS = ffmpeg.Limits(wall_s=30, stall_s=30)
ANSWER_BYTES = 1 << 20
HEAD_BYTES = 1 << 18
PICTURE_SIGNS = (b"APIC", b"\xff\xd8\xff", b"\x89PNG\r\n")
MAX_CHANNELS = 8
MAX_RATE = 768_000
PLAYED = frozenset(name.removesuffix("float") for name in DECODERS.split(","))
NAMES = {  # as people call them, where FFmpeg says more
    "dca": "DTS",
    "ape": "Monkey's Audio",
    "truehd": "Dolby TrueHD",
    "mlp": "Meridian Lossless Packing",
    "wmav1": "Windows Media Audio",
    "wmav2": "Windows Media Audio",
    "wmapro": "Windows Media Audio Pro",
    "wmalossless": "Windows Media Audio Lossless",
    "tta": "True Audio",
    "cook": "RealAudio",
    "amrnb": "AMR",
    "amrwb": "AMR-WB",
}
LEAST_BITS_PER_SECOND = 300  # Opus in silence; a claim below this is a lie about the duration


@dataclass(frozen=True)
class Probe:
    """Claims, not truths: only decoding tells. `duration_s` is None when it cannot be believed.

    `bit_depth` is None for lossy codecs, `bitrate` in bits per second, names as FFmpeg writes them.
    `decoder` is what must decode the sound where FFmpeg would choose wrongly, else empty. `mix` is
    how its channels become one or two where FFmpeg does not know, in the words of its filter
    ``pan``, empty where they are one or two; else None.
    """

    duration_s: float | None
    sample_rate: int
    channels: int
    codec: str
    container: str
    bit_depth: int | None
    bitrate: int
    decoder: str
    mix: str | None
    tags: dict[str, str]
    has_picture: bool


def probe(source: Path, demuxer: str) -> Probe:
    """Read the headers of `source` with this demuxer only.

    Raises Refused (damaged, no-audio-stream, codec-not-played, chained, too-many-channels,
    too-demanding), or ffmpeg.ProcessFailed when the machine cannot start the reader.
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
    if demuxer == "ogg" and len(set(shapes(source))) > 1:
        raise errors.chained()
    found["has_picture"] = found.get("has_picture") or _may_hold_picture(source)
    return _judged(found, demuxer, source.stat().st_size, samples_of(source, demuxer))


def _may_hold_picture(source: Path) -> bool:
    """Tell whether there may be a picture that FFmpeg does not show: its type is written oddly."""
    with source.open("rb") as file:
        head = file.read(HEAD_BYTES)
    return any(sign in head for sign in PICTURE_SIGNS)


def _judged(found: dict[str, Any], demuxer: str, size: int, samples: Samples | None) -> Probe:
    audio = found["audio"]
    if audio["codec"] not in PLAYED:
        name = NAMES.get(audio["codec"], audio["codec_name"])
        raise errors.not_played(name or "in an unknown format")
    if samples:
        audio |= {"codec": samples.decoder, "bit_depth": samples.bits}
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
        decoder=samples.decoder if samples else "",
        mix=mix_of(audio["layout"], audio["speakers"]),
    )


def mix_of(layout: str, speakers: list[str]) -> str | None:
    """Return how channels of this layout become one or two; None where FFmpeg itself knows.

    One or two channels are what they are, whatever speakers they name. Ambisonic sound (ACN, SN3D)
    is heard by two cardioids that look left and right. Else each channel goes to its side.
    """
    if layout.startswith("ambisonic"):
        return "stereo|c0<c0+c1|c1<c0-c1"
    if " channels (" not in layout and " channel (" not in layout:  # FFmpeg's own, or not told
        return None
    if len(speakers) <= 2:
        return ""
    sides = [
        [f"c{n}" for n, name in enumerate(speakers) if not name.endswith(other)] for other in "RL"
    ]
    left, right = ("+".join(side or max(sides)) for side in sides)
    return f"stereo|c0<{left}|c1<{right}"


def _believable(claimed: float | None, codec: str, bitrate: int, size: int) -> float | None:
    """The claimed duration in seconds, as far as the size of the file allows it."""
    if claimed is None or claimed <= 0:
        return None
    if codec.startswith("pcm_") and bitrate:
        return min(claimed, size * 8 / bitrate)
    return claimed if size * 8 / claimed >= LEAST_BITS_PER_SECOND else None
