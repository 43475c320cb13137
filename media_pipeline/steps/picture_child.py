"""Take the cover out of a sound file and re-encode it, in a process that may die of it.

The front cover is taken, else the largest picture that can be used.

A program of its own, run by path under limits (``pictures.py``). Arguments: demuxer, decoders.
Descriptor 3: the file. 4: the large JPEG, 5: the small one, 6: 64 × 64 pixels of RGB to take the
accent from; nothing when there is no picture worth showing. With the one argument ``still`` the
file itself is the picture, and 4 gets it whole, at most 1920 pixels long (``visual.py``). With
``cover`` it is one, too, of which a square is cut: that of the three numbers behind it (x, y,
side, in pixels of the upright picture), else its middle; 7 gets a word where it is none. With
``press`` it is one in its full size, or with ``press wide`` a strip of its middle (``press.py``).
"""

import io
import os
import sys
from collections.abc import Iterator
from itertools import chain
from typing import Any

import av
import mutagen
import numpy as np
from PIL import Image, ImageCms, ImageFile, ImageOps, PngImagePlugin

LARGE_FD, SMALL_FD, PIXELS_FD, WORD_FD = 4, 5, 6, 7
ATTACHED_PICTURE = 0x400
FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF")
OF_COVERS = ("JPEG", "PNG", "WEBP")
MOST_PICTURES = 16
FRONT = 3  # ID3v2.4, section 4.14
UNREADABLE = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
MAX_BYTES = 32 << 20
MAX_PIXELS = 40_000_000
LEAST_SIDE = 100  # pixels; smaller ones look worse than a drawn cover
LEAST_CHOSEN = 300  # of a cover that somebody chooses
LARGE, SMALL, TINY, STILL = 1000, 200, 64, 1920
WHOLE, WIDE, PREVIEW = 1 << 16, (1920, 640), 800
PAPER = (246, 243, 238)


def main() -> None:
    if sys.argv[1:] == ["still"]:
        return _still()
    if sys.argv[1] == "cover":
        return _chosen([int(word) for word in sys.argv[2:5]])
    if sys.argv[1] == "press":
        return _press(is_wide=sys.argv[2:] == ["wide"])
    inside = (_square(data) for data in chain(_attached(*sys.argv[1:3]), _oddly_named()))
    picture = next((found for found in inside if found is not None), None)
    if picture is not None:
        _give(picture)


def _give(picture: Any) -> None:
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


def _chosen(square: list[int]) -> None:
    with os.fdopen(3, "rb") as file:
        data = file.read(MAX_BYTES + 1)
    word = _unfit(data)
    image = None if word else _opened(data, None if square else LARGE)
    if image is None:
        return _write(WORD_FD, (word or "unreadable").encode())
    if not square:
        return _give(ImageOps.fit(image, (LARGE, LARGE), Image.Resampling.LANCZOS))
    x, y, side = square
    side = max(1, min(side, *image.size))
    x, y = (max(0, min(at, most - side)) for at, most in zip((x, y), image.size, strict=True))
    box = (x, y, x + side, y + side)
    _give(image.resize((LARGE, LARGE), Image.Resampling.LANCZOS, box=box))


def _unfit(data: bytes) -> str:
    """Why a picture cannot be a cover, by its header alone; empty where it may be one."""
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(io.BytesIO(data), formats=OF_COVERS) as image:
            width, height = image.size
    except UNREADABLE:
        return "unreadable"
    if width * height > MAX_PIXELS:
        return f"too-many-pixels {width} {height}"
    return f"too-small {width} {height}" if min(width, height) < LEAST_CHOSEN else ""


def _press(is_wide: bool) -> None:
    with os.fdopen(3, "rb") as file:
        image = _opened(file.read(MAX_BYTES + 1), WHOLE)
    if image is None:
        return
    if is_wide:
        image = ImageOps.fit(image, WIDE, Image.Resampling.LANCZOS)
    _write(LARGE_FD, _jpeg(image, 92))
    tiny = image.resize((TINY, TINY), Image.Resampling.BOX)
    image.thumbnail((PREVIEW, PREVIEW), Image.Resampling.LANCZOS)
    _write(SMALL_FD, _jpeg(image, 85))
    _write(PIXELS_FD, tiny.tobytes())


def _attached(demuxer: str, decoders: str) -> Iterator[bytes]:
    """The bytes of the pictures, the best first; no decoder of FFmpeg sees them.

    Best is the front cover, then what has most pixels; an icon is no cover, whatever it says.
    """
    options = {
        "fd": "3",
        "format_whitelist": demuxer,
        "protocol_whitelist": "fd",
        "codec_whitelist": decoders,
    }
    with av.open("fd:", format=demuxer, options=options, metadata_errors="replace") as container:
        pictures = [s for s in container.streams.video if s.disposition & ATTACHED_PICTURE]
        found: list[tuple[bool, bool, int, bytes]] = []
        for packet in container.demux(*pictures[:MOST_PICTURES]) if pictures else ():
            if 0 < packet.size <= MAX_BYTES and len(found) < MOST_PICTURES:
                data = bytes(packet)
                said = packet.stream.metadata.get("comment", "").lower()
                found.append((*_rank(data, "front" in said), data))
    yield from (data for *_, data in sorted(found, key=lambda each: each[:-1], reverse=True))


def _oddly_named() -> Iterator[bytes]:
    """The bytes of pictures that FFmpeg leaves out, as it does not know what type they say."""
    with os.fdopen(os.dup(3), "rb") as file:
        file.seek(0)
        try:
            tagged: Any = mutagen.File(file)
            blocks = list(getattr(tagged, "pictures", []))
            tags: Any = getattr(tagged, "tags", None)
            blocks += tags.getall("APIC") if hasattr(tags, "getall") else []
        except (mutagen.MutagenError, *UNREADABLE):
            return
    found = [(*_rank(each.data, each.type == FRONT), each.data) for each in blocks[:MOST_PICTURES]]
    yield from (data for *_, data in sorted(found, key=lambda each: each[:-1], reverse=True))


def _rank(data: bytes, is_front: bool) -> tuple[bool, bool, int]:
    """Sort key of a picture: can be used, is the front, pixels. Its header alone is read."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            width, height = image.size
    except UNREADABLE:
        return False, is_front, 0
    return min(width, height) >= LEAST_SIDE, is_front, width * height


def _square(data: bytes) -> Any:
    """The middle of the picture, as `_opened` gives it."""
    image = _opened(data, LARGE)
    return ImageOps.fit(image, (LARGE, LARGE), Image.Resampling.LANCZOS) if image else None


def _opened(data: bytes, side: int | None) -> Any:
    """The picture, upright, sRGB, on paper where it is see-through; None if unfit.

    It may be read smaller, but no smaller than `side`.
    """
    Image.MAX_IMAGE_PIXELS = None  # our own cap is lower, and comes before load()
    ImageFile.LOAD_TRUNCATED_IMAGES = True  # what is there of it is better than none
    PngImagePlugin.MAX_TEXT_CHUNK = PngImagePlugin.MAX_TEXT_MEMORY = MAX_BYTES
    try:
        image: Any = Image.open(io.BytesIO(data), formats=FORMATS)
        width, height = image.size
        if width * height > MAX_PIXELS or min(width, height) < LEAST_SIDE:
            return None
        if side:
            image.draft("RGB", (side, side))
        image.load()
        image = ImageOps.exif_transpose(image)
        return _in_srgb(image)
    except UNREADABLE:
        return None


def _in_srgb(image: Any) -> Any:
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # 16 bits of grey, which Pillow would cut off at 255
        levels = np.asarray(image, dtype=np.float64)
        image = Image.fromarray(np.clip(levels / 257, 0, 255).round().astype(np.uint8), "L")
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
