"""Cover art: the picture inside the file, or one drawn from its sound."""

import logging
import sys
from dataclasses import dataclass
from pathlib import Path

from media_pipeline import ffmpeg
from media_pipeline.ffmpeg.command import DECODERS
from media_pipeline.steps.colour import accent
from media_pipeline.steps.errors import Refused

logger = logging.getLogger(__name__)

CHILD = Path(__file__).with_name("picture_child.py")
LIMITS = ffmpeg.Limits(wall_s=30, stall_s=30)


@dataclass(frozen=True)
class Cover:
    """JPEGs of 1000 × 1000 and 200 × 200 pixels, and the accent ``rrggbb``."""

    full: bytes
    thumb: bytes
    accent: str


def embedded_cover(source: Path, demuxer: str) -> Cover | None:
    """The cover inside a sound file; None when there is none, or none fit to show.

    A picture that kills or chokes its reader is none: the music matters more.
    """
    parts = {"full": bytearray(), "thumb": bytearray(), "pixels": bytearray()}
    try:
        _run([demuxer, DECODERS], source, parts)
    except ffmpeg.ProcessFailed as failure:
        logger.warning("The cover could not be read: %s", failure)
        return None
    return _cover(parts)


def chosen_cover(source: Path, square: tuple[int, int, int] | None = None) -> Cover:
    """The cover that a picture makes: its middle, or the `square` (x, y, side) of it in pixels.

    The picture is turned as its EXIF says before it is cut. Raises Refused: `no-cover`,
    `too-many-pixels`, `too-small`.
    """
    parts = {name: bytearray() for name in ("full", "thumb", "pixels", "word")}
    try:
        _run(["cover", *map(str, square or ())], source, parts)
    except ffmpeg.ProcessFailed as failure:
        if failure.reason == "cannot-start":
            raise
        raise _refused("unreadable") from failure
    cover = _cover(parts)
    if cover is None:
        raise _refused(*parts["word"].decode("ascii", "replace").split())
    return cover


def _run(words: list[str], source: Path, parts: dict[str, bytearray]) -> None:
    ffmpeg.run_limited(
        [sys.executable, "-I", str(CHILD), *words],
        source=source,
        pipes={name: part.extend for name, part in parts.items()},
        limits=LIMITS,
    )


def _cover(parts: dict[str, bytearray]) -> Cover | None:
    if not all(parts[name] for name in ("full", "thumb", "pixels")):
        return None
    reds, greens, blues = (parts["pixels"][channel::3] for channel in range(3))
    colour = accent(zip(reds, greens, blues, strict=True))
    return Cover(bytes(parts["full"]), bytes(parts["thumb"]), colour)


def _refused(word: str = "unreadable", width: str = "?", height: str = "?") -> Refused:
    size = f"This picture has {width} × {height} pixels."
    match word:
        case "too-many-pixels":
            return Refused(word, f"{size} A cover may have 40 million. Save it smaller.")
        case "too-small":
            return Refused(word, f"{size} A cover needs at least 300 each way.")
    return Refused("no-cover", "This is no picture that Nexus can read. Try JPEG, PNG or WebP.")
