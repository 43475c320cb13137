"""Cover art: the picture inside the file, or one drawn from its sound."""

import logging
import sys
from dataclasses import dataclass
from pathlib import Path

from media_pipeline import ffmpeg
from media_pipeline.ffmpeg.command import DECODERS
from media_pipeline.steps.colour import accent

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
    argv = [sys.executable, "-I", str(CHILD), demuxer, DECODERS]
    try:
        ffmpeg.run_limited(
            argv,
            source=source,
            pipes={name: part.extend for name, part in parts.items()},
            limits=LIMITS,
        )
    except ffmpeg.ProcessFailed as failure:
        logger.warning("The cover could not be read: %s", failure)
        return None
    if not all(parts.values()):
        return None
    reds, greens, blues = (parts["pixels"][channel::3] for channel in range(3))
    colour = accent(zip(reds, greens, blues, strict=True))
    return Cover(bytes(parts["full"]), bytes(parts["thumb"]), colour)
