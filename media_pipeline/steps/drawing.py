"""Pictures drawn from the sound: a cover for music that has none, and the waveform's thumbnail."""

import hashlib
import io
import math
from collections.abc import Sequence

from PIL import Image, ImageDraw

from media_pipeline.steps.colour import RGB, oklch, to_hex
from media_pipeline.steps.pictures import Cover

SIDE, THUMB = 1000, 200
FINER = 3  # drawn so many times larger, then reduced: smooth edges
HUES = (25, 45, 70, 110, 150, 185, 220, 250, 285, 320, 350)  # degrees, well apart to the eye
BARS, RAYS = 19, 48
PREVIEW = (200, 60)
PREVIEW_INK = (128, 120, 110, 255)  # reads on paper and on ink


def drawn_cover(overview: Sequence[int]) -> Cover:
    """A cover in two tones from the shape of the piece; the same sound gets the same picture."""
    digest = hashlib.sha256(bytes(value & 0xFF for value in overview)).digest()
    hue, dark = HUES[digest[0] % len(HUES)], digest[1] % 3 > 0
    ground, ink = _tones(hue, dark=dark)
    image = Image.new("RGB", (SIDE * FINER // 2, SIDE * FINER // 2), ground)
    draw = ImageDraw.Draw(image)
    (_bars if digest[2] % 2 else _rays)(draw, overview, image.width, ink)
    full = image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    thumb = image.resize((THUMB, THUMB), Image.Resampling.LANCZOS)
    return Cover(_jpeg(full), _jpeg(thumb), to_hex(oklch(0.62, 0.14, hue)))


def waveform_png(overview: Sequence[int]) -> bytes:
    """The piece as rounded bars on nothing, 200 × 60 pixels."""
    width, height = (side * FINER for side in PREVIEW)
    image = Image.new("RGBA", (width, height), (*PREVIEW_INK[:3], 0))
    draw = ImageDraw.Draw(image)
    step = 4 * FINER
    for number, level in enumerate(_levels(overview, width // step)):
        half = max(level * height * 0.48, FINER / 2)
        left = number * step
        box = (left, height / 2 - half, left + 3 * FINER - 1, height / 2 + half - 1)
        draw.rounded_rectangle(box, 1.5 * FINER, PREVIEW_INK)
    return _png(image.resize(PREVIEW, Image.Resampling.LANCZOS))


def _levels(overview: Sequence[int], parts: int) -> list[float]:
    """Mean peak of each part, as a share of the greatest, 0–1."""
    peaks = [max(-low, high) for low, high in zip(overview[::2], overview[1::2], strict=True)]
    means = []
    for part in range(parts if peaks else 0):
        start = part * len(peaks) // parts
        stretch = peaks[start : max((part + 1) * len(peaks) // parts, start + 1)]
        means.append(sum(stretch) / len(stretch))
    top = max(means, default=0)
    return [mean / top for mean in means] if top else [0.0] * parts


def _lively(levels: list[float]) -> list[float]:
    """Spread what lies between the softer and the louder parts: dense music has a shape too."""
    sounding = sorted(level for level in levels if level > 0.05) or [0.0]
    soft = sounding[len(sounding) // 8]
    reach = max(1 - soft, 0.05)
    return [0.16 + 0.84 * max(level - soft, 0) / reach if level > 0.05 else 0 for level in levels]


def _tones(hue: float, *, dark: bool) -> tuple[RGB, RGB]:
    if dark:
        return oklch(0.30, 0.075, hue), oklch(0.80, 0.125, hue + 18)
    return oklch(0.88, 0.055, hue), oklch(0.42, 0.115, hue + 12)


def _bars(draw: ImageDraw.ImageDraw, overview: Sequence[int], side: int, ink: RGB) -> None:
    margin, middle = side * 0.12, side / 2
    step = (side - 2 * margin) / BARS
    width = step * 0.6
    for number, level in enumerate(_lively(_levels(overview, BARS))):
        half = max(level * side * 0.34, width / 2)
        left = margin + number * step + (step - width) / 2
        box = (left, middle - half, left + width, middle + half)
        draw.rounded_rectangle(box, width / 2, ink)


def _rays(draw: ImageDraw.ImageDraw, overview: Sequence[int], side: int, ink: RGB) -> None:
    inner, reach, width = side * 0.17, side * 0.235, side * 0.0135
    for number, level in enumerate(_lively(_levels(overview, RAYS))):
        angle = 2 * math.pi * number / RAYS - math.pi / 2
        ends = []
        for radius in (inner, inner + max(level * reach, width)):
            x, y = side / 2 + radius * math.cos(angle), side / 2 + radius * math.sin(angle)
            draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), ink)
            ends.append((x, y))
        draw.line(ends, ink, round(width))


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, subsampling=0, optimize=True, progressive=True)
    return out.getvalue()


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
