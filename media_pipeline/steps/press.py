"""Pictures of artists: whole and without what cameras write into them, or wide for a page."""

import sys
from pathlib import Path

from media_pipeline import ffmpeg
from media_pipeline.steps.colour import accent
from media_pipeline.steps.errors import Refused
from media_pipeline.steps.pictures import CHILD, LIMITS, Cover

MAX_BYTES = 32 << 20


def press_picture(source: Path, *, wide: bool = False) -> Cover:
    """Return the picture made anew: JPEG in its full size, or 1920 × 640 of its middle, and small.

    Upright, in sRGB, without metadata. Raises Refused `no-picture`, with a sentence.
    """
    parts = {"full": bytearray(), "thumb": bytearray(), "pixels": bytearray()}
    if source.stat().st_size > MAX_BYTES:
        raise Refused("too-large", "This picture is larger than 32 MB. Save it smaller.")
    try:
        ffmpeg.run_limited(
            [sys.executable, "-I", str(CHILD), "press", *(["wide"] if wide else [])],
            source=source,
            pipes={name: part.extend for name, part in parts.items()},
            limits=LIMITS,
        )
    except ffmpeg.ProcessFailed as failure:
        raise _refused() from failure
    if not all(parts.values()):
        raise _refused()
    reds, greens, blues = (parts["pixels"][channel::3] for channel in range(3))
    colour = accent(zip(reds, greens, blues, strict=True))
    return Cover(bytes(parts["full"]), bytes(parts["thumb"]), colour)


def _refused() -> Refused:
    sentence = "This is no picture that Nexus can read. Try JPEG, PNG or WebP of at most 40 "
    return Refused("no-picture", f"{sentence}million pixels, and at least 100 each way.")
