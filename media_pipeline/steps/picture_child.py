"""Take the cover out of a sound file and re-encode it, in a process that may die of it.

A program of its own, run by path under limits (``pictures.py``). Arguments: demuxer, decoders.
Descriptor 3: the file. 4: the large JPEG, 5: the small one, 6: 64 × 64 pixels of RGB to take the
accent from; nothing when there is no picture worth showing. With the one argument ``still`` the
file itself is the picture, and 4 gets it whole, at most 1920 pixels long (``visual.py``).
"""

import io
import os
import sys
from typing import Any

import av
from PIL import Image, ImageCms, ImageOps

LARGE_FD, SMALL_FD, PIXELS_FD = 4, 5, 6
ATTACHED_PICTURE = 0x400
FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 32 << 20
MAX_PIXELS = 40_000_000
LEAST_SIDE = 100  # pixels; smaller ones look worse than a drawn cover
LARGE, SMALL, TINY, STILL = 1000, 200, 64, 1920
PAPER = (246, 243, 238)


def main() -> None:
    if sys.argv[1:] == ["still"]:
        return _still()
    data = _attached(*sys.argv[1:3])
    picture = _square(data) if data else None
    if picture is None:
        return
    small = picture.resize((SMALL, SMALL), Image.Resampling.LANCZOS)
    _write(LARGE_FD, _jpeg(picture, 88))
    _write(SMALL_FD, _jpeg(small, 85))
    tiny = picture.resize((TINY, TINY), Image.Resampling.BOX)
    _write(PIXELS_FD, tiny.tobytes())


def _still() -> None:
    with os.fdopen(3, "rb") as file:
        image = _opened(file.read(MAX_BYTES + 1), STILL)
    if image is not None:
        image.thumbnail((STILL, STILL), Image.Resampling.LANCZOS)
        _write(LARGE_FD, _jpeg(image, 86))


def _attached(demuxer: str, decoders: str) -> bytes | None:
    """The bytes of the front cover, or of the first picture; no decoder of FFmpeg sees them."""
    options = {
        "fd": "3",
        "format_whitelist": demuxer,
        "protocol_whitelist": "fd",
        "codec_whitelist": decoders,
    }
    with av.open("fd:", format=demuxer, options=options, metadata_errors="replace") as container:
        pictures = [s for s in container.streams.video if s.disposition & ATTACHED_PICTURE]
        pictures.sort(key=lambda s: "front" not in s.metadata.get("comment", "").lower())
        for packet in container.demux(pictures[0]) if pictures else ():
            return bytes(packet) if 0 < packet.size <= MAX_BYTES else None
    return None


def _square(data: bytes) -> Any:
    """The middle of the picture, as `_opened` gives it."""
    image = _opened(data, LARGE)
    return ImageOps.fit(image, (LARGE, LARGE), Image.Resampling.LANCZOS) if image else None


def _opened(data: bytes, side: int) -> Any:
    """The picture, upright, sRGB, on paper where it is see-through; None if unfit."""
    Image.MAX_IMAGE_PIXELS = None  # our own cap is lower, and comes before load()
    try:
        image: Any = Image.open(io.BytesIO(data), formats=FORMATS)
        width, height = image.size
        if width * height > MAX_PIXELS or min(width, height) < LEAST_SIDE:
            return None
        image.draft("RGB", (side, side))
        image.load()
        image = ImageOps.exif_transpose(image)
        return _in_srgb(image)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _in_srgb(image: Any) -> Any:
    profile = image.info.get("icc_profile")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, PAPER)
        image = Image.alpha_composite(paper, image).convert("RGB")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, theirs, ours, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile is no profile
    return image.convert("RGB")


def _jpeg(image: Any, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def _write(fd: int, data: bytes) -> None:
    with os.fdopen(fd, "wb") as pipe:
        pipe.write(data)


if __name__ == "__main__":
    main()
