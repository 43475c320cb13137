"""Colour as eyes see it: OKLab (Ottosson 2020), and the accent of a cover."""

import math
from collections.abc import Iterable

RGB = tuple[int, int, int]
Lab = tuple[float, float, float]

HOUSE_ACCENT = "d2452b"  # for covers without a colour of their own
BINS = 36
LEAST_CHROMA = 0.03  # below it a pixel is a grey
LEAST_SHARE = 0.01  # of the picture that must have a colour
ACCENT_LIGHTNESS = (0.50, 0.74)
ACCENT_CHROMA = (0.11, 0.19)


def accent(pixels: Iterable[RGB]) -> str:
    """The colour that a picture is remembered by, ``rrggbb``: its strongest hue, made usable.

    Pixels vote for their hue with their chroma; the winner is the mean of the voters near the
    strongest hue, brought to a lightness and chroma that text and controls can carry.
    """
    labs = [to_oklab(pixel) for pixel in pixels]
    votes = [0.0] * BINS
    coloured = []
    for lightness, a, b in labs:
        chroma = math.hypot(a, b)
        if chroma >= LEAST_CHROMA and 0.15 < lightness < 0.97:
            weight = chroma**1.5 * (1 - abs(lightness - 0.62))
            hue = math.atan2(b, a)
            votes[_bin(hue)] += weight
            coloured.append((lightness, a, b, hue, weight))
    if len(coloured) < LEAST_SHARE * len(labs) or not coloured:
        return HOUSE_ACCENT
    smooth = [votes[i - 1] / 2 + votes[i] + votes[(i + 1) % BINS] / 2 for i in range(BINS)]
    winner = smooth.index(max(smooth))
    near = [voter for voter in coloured if (_bin(voter[3]) - winner + 1) % BINS <= 2]
    total = sum(weight for *_, weight in near)
    mean = [sum(voter[i] * voter[4] for voter in near) / total for i in range(3)]
    lightness = min(max(mean[0], ACCENT_LIGHTNESS[0]), ACCENT_LIGHTNESS[1])
    chroma = min(max(math.hypot(mean[1], mean[2]), ACCENT_CHROMA[0]), ACCENT_CHROMA[1])
    return to_hex(oklch(lightness, chroma, math.degrees(math.atan2(mean[2], mean[1]))))


def to_hex(colour: RGB) -> str:
    return "{:02x}{:02x}{:02x}".format(*colour)


def to_oklab(pixel: RGB) -> Lab:
    """sRGB of 0–255 to OKLab."""
    r, g, b = (_linear(value / 255) for value in pixel)
    cone_l = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    cone_m = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    cone_s = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * cone_l + 0.7936177850 * cone_m - 0.0040720468 * cone_s,
        1.9779984951 * cone_l - 2.4285922050 * cone_m + 0.4505937099 * cone_s,
        0.0259040371 * cone_l + 0.7827717662 * cone_m - 0.8086757660 * cone_s,
    )


def oklch(lightness: float, chroma: float, hue: float) -> RGB:
    """sRGB of a colour in OKLCH (hue in degrees), with less chroma where sRGB cannot show it."""
    a, b = math.cos(math.radians(hue)), math.sin(math.radians(hue))
    while True:
        linear = _from_oklab(lightness, chroma * a, chroma * b)
        if all(-0.0005 <= value <= 1.0005 for value in linear) or chroma <= 0:
            r, g, b_ = (round(255 * _gamma(min(max(value, 0), 1))) for value in linear)
            return r, g, b_
        chroma -= 0.004


def _from_oklab(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    cone_l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    cone_m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    cone_s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * cone_l - 3.3077115913 * cone_m + 0.2309699292 * cone_s,
        -1.2684380046 * cone_l + 2.6097574011 * cone_m - 0.3413193965 * cone_s,
        -0.0041960863 * cone_l - 0.7034186147 * cone_m + 1.7076147010 * cone_s,
    )


def _bin(hue: float) -> int:
    return int((hue + math.pi) / (2 * math.pi) * BINS) % BINS


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _gamma(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
