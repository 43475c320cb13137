"""How loud a piece is, 200 times a second, and what two such curves tell of each other."""

import gzip
import json
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 200
SLACK_S = 0.25  # the words' own coarseness, twice
TREND_S = 1.0
LONGEST_S = 90.0  # of a passage, as much as its offset is measured on
FLOOR_DB = -48.0  # of 8 bits
FAINT_DB = -32.0  # three of their steps
MISFIT_DB = 12.0  # no one moment counts for more
TIE_DB = 60.0  # summed: what some hundredths of a second at the wrong offset cost
EDGE_S = 4.0  # how far from the coarse ends a splice is looked for

Curve = NDArray[np.float64]


class Stretch(Protocol):
    """Part of the older version, and by how much later it is in the newer; in seconds."""

    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float: ...
    @property
    def offset(self) -> float: ...


@dataclass(frozen=True)
class Levels:
    """Peak level in dBFS at `RATE_HZ`, and the same without its trend over a second."""

    decibels: Curve
    shape: Curve

    @property
    def duration(self) -> float:
        """Return the length in seconds."""
        return len(self.decibels) / RATE_HZ

    @classmethod
    def of(cls, peaks: NDArray[np.int16], pixels_per_second: float) -> "Levels":
        """Make them of pairs (minimum, maximum), −128…127."""
        if not len(peaks):
            return cls(np.zeros(0), np.zeros(0))
        heights = np.maximum(np.abs(peaks[:, 0]), np.abs(peaks[:, 1])) / 128
        decibels = np.maximum(20 * np.log10(np.maximum(heights, 1e-4)), FLOOR_DB)
        places = np.arange(round(len(peaks) / pixels_per_second * RATE_HZ)) / RATE_HZ
        curve = np.interp(places * pixels_per_second, np.arange(len(peaks)), decibels)
        return cls(curve, curve - _smooth(curve, round(TREND_S * RATE_HZ)))

    @classmethod
    def of_json(cls, data: bytes) -> "Levels":
        """Read the gzipped JSON of the BBC's audiowaveform (version 2, one channel)."""
        body = json.loads(gzip.decompress(data))
        peaks = np.asarray(body["data"], np.int16).reshape(-1, 2)
        return cls.of(peaks, body["sample_rate"] / body["samples_per_pixel"])


def offset_near(older: Levels, newer: Levels, start: float, end: float, guess: float) -> float:
    """Return the offset within `SLACK_S` of the guess at which both curves fit best, in seconds."""
    if end - start > LONGEST_S:
        middle = (start + end) / 2
        start, end = middle - LONGEST_S / 2, middle + LONGEST_S / 2
    slack = round(SLACK_S * RATE_HZ)
    lags = range(-slack, slack + 1)
    scores = [_likeness(older, newer, start, end, guess + lag / RATE_HZ) for lag in lags]
    best = int(np.argmax(scores))
    return guess + lags[best] / RATE_HZ if scores[best] > 0 else guess


def likeness(older: Levels, newer: Levels, start: float, end: float, offset: float) -> float:
    """Return the correlation (−1…1) of both shapes over a stretch; 1 where both are still."""
    return _likeness(older, newer, start, end, offset)


def lift(older: Levels, newer: Levels, start: float, end: float, offset: float) -> float:
    """Return by how many decibels the stretch is louder in the newer version (median)."""
    a, b = _pair(older.decibels, newer.decibels, start, end, offset)
    heard = (a > FLOOR_DB) & (b > FLOOR_DB)
    return float(np.median(b[heard] - a[heard])) if heard.any() else 0.0


def is_faint(older: Levels, newer: Levels, start: float, end: float, offset: float) -> bool:
    """Tell whether the stretch is so soft in both that 8 bits say too little to compare by."""
    a, b = _pair(older.decibels, newer.decibels, start, end, offset)
    return not len(a) or float(max(np.median(a), np.median(b))) < FAINT_DB


def splice(older: Levels, newer: Levels, left: Stretch, right: Stretch) -> float:
    """Return where `left` ends: what differs least if left holds until there and right after it.

    Where the newer version lacks a piece, right begins that much later; nothing is asked of what
    lies between.
    """
    removed = max(0.0, left.offset - right.offset)
    low = max(left.start, min(left.end, right.start - removed) - EDGE_S)
    high = min(max(left.end, right.start - removed) + EDGE_S, right.end - removed)
    if high - low < 1 / RATE_HZ:
        return max(low, min(left.end, high))
    span = np.arange(round(low * RATE_HZ), round(high * RATE_HZ))
    misfit_left = _misfit(older, newer, span, left)
    misfit_right = _misfit(older, newer, span + round(removed * RATE_HZ), right)
    total = np.concatenate([[0], np.cumsum(misfit_left)])
    total[:] += np.concatenate([np.cumsum(misfit_right[::-1])[::-1], [0]])
    # Music that was put in twice fits either way: then what was there first stays where it was.
    spare = 0.0 if removed else TIE_DB
    best = int(np.flatnonzero(total <= total.min() + spare)[-1 if spare else 0])
    return float(span[0] + best) / RATE_HZ


def _misfit(older: Levels, newer: Levels, span: NDArray[np.int64], stretch: Stretch) -> Curve:
    louder = lift(older, newer, stretch.start, stretch.end, stretch.offset)
    there = span + round(stretch.offset * RATE_HZ)
    known = (span < len(older.decibels)) & (there >= 0) & (there < len(newer.decibels))
    misfit = np.full(len(span), MISFIT_DB)
    misfit[known] = np.abs(newer.decibels[there[known]] - older.decibels[span[known]] - louder)
    misfit[misfit > MISFIT_DB] = MISFIT_DB
    return misfit


def _likeness(older: Levels, newer: Levels, start: float, end: float, offset: float) -> float:
    a, b = _pair(older.shape, newer.shape, start, end, offset)
    if len(a) < RATE_HZ // 4:
        return -1.0
    strength = float(np.sqrt((a @ a) * (b @ b)))
    still = len(a) * 0.25  # half a decibel of movement: silence, or a held tone
    if a @ a < still and b @ b < still:
        return 1.0
    return float(a @ b) / strength if strength else -1.0


def _pair(
    older: Curve, newer: Curve, start: float, end: float, offset: float
) -> tuple[Curve, Curve]:
    shift = round(offset * RATE_HZ)
    low = max(round(start * RATE_HZ), 0, -shift)
    high = max(low, min(round(end * RATE_HZ), len(older), len(newer) - shift))
    return older[low:high], newer[low + shift : high + shift]


def _smooth(curve: Curve, width: int) -> Curve:
    if not len(curve):
        return curve
    padded = np.pad(curve, (width // 2, width - width // 2), mode="edge")
    sums = np.cumsum(padded)
    smooth: Curve = (sums[width:] - sums[:-width]) / width
    return smooth
