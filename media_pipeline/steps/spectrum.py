"""The spectral thumbnail: low notes at the bottom, time to the right, from a bounded sample.

However long the piece, at most a few thousand short windows are looked at: when there are too
many columns, neighbours are averaged and the next windows are taken twice as far apart.
"""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media_pipeline.steps.colour import oklch

WINDOW = 4096  # samples
COLUMNS, BANDS = 400, 120
LOWEST_HZ, HIGHEST_HZ = 40.0, 18_000.0
FLOOR_DB, CEILING_DB = -84.0, -18.0
FULL_SCALE = 32768.0


class SpectrumMeter:
    """Takes mono samples as they come, as sums of `channels` signed 16-bit channels."""

    def __init__(self, sample_rate: int, channels: int) -> None:
        self._bands = _band_edges(sample_rate)
        self._scale = FULL_SCALE * channels * WINDOW / 4
        self._shape = np.hanning(WINDOW).astype(np.float32)
        self._columns: list[NDArray[np.float32]] = []
        self._hop = WINDOW
        self._skip = 0  # samples until the next window begins
        self._rest: NDArray[np.int32] = np.zeros(0, np.int32)

    def feed(self, mono: NDArray[np.int32]) -> None:
        if self._skip >= len(mono) and not len(self._rest):
            self._skip -= len(mono)
            return
        samples = np.concatenate((self._rest, mono)) if len(self._rest) else mono
        start = self._skip
        while start + WINDOW <= len(samples):
            self._columns.append(self._look(samples[start : start + WINDOW]))
            start += self._hop
            if len(self._columns) == 2 * COLUMNS:
                self._halve()
        kept = min(start, len(samples))
        self._rest, self._skip = samples[kept:].copy(), start - kept

    def levels(self) -> NDArray[np.uint8]:
        """BANDS rows, highest first, of up to 2 × COLUMNS columns; 0 is silence, 255 loud."""
        if not self._columns:
            return np.zeros((BANDS, 1), np.uint8)
        power = np.stack(self._columns, axis=1)[::-1]
        decibel = 10 * np.log10(np.maximum(power, 1e-12))
        scaled = (decibel - FLOOR_DB) / (CEILING_DB - FLOOR_DB)
        return (np.clip(scaled, 0, 1) * 255).astype(np.uint8)

    def _look(self, window: NDArray[np.int32]) -> NDArray[np.float32]:
        spectrum = np.fft.rfft(window.astype(np.float32) * self._shape)
        power = (spectrum.real**2 + spectrum.imag**2) / self._scale**2
        return np.maximum.reduceat(power, self._bands).astype(np.float32)

    def _halve(self) -> None:
        pairs = zip(self._columns[::2], self._columns[1::2], strict=True)
        self._columns = [(left + right) * np.float32(0.5) for left, right in pairs]
        self._hop *= 2


def spectrum_png(levels: NDArray[np.uint8]) -> bytes:
    """The thumbnail, 400 × 120 pixels, in a scale from night over ember to light."""
    image = Image.fromarray(levels).resize((COLUMNS, BANDS), Image.Resampling.BICUBIC)
    image.putpalette(_palette())
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _band_edges(sample_rate: int) -> NDArray[np.intp]:
    """The first FFT bin of each band; equal steps in pitch."""
    top = min(HIGHEST_HZ, sample_rate / 2)
    edges = np.geomspace(LOWEST_HZ, top, BANDS + 1)[:-1] * WINDOW / sample_rate
    return np.clip(edges.astype(np.intp), 1, WINDOW // 2)


def _palette() -> list[int]:
    """256 colours of rising lightness, so that it reads without colour vision too."""
    colours: list[int] = []
    for step in range(256):
        part = step / 255
        chroma = 0.02 + 0.15 * 4 * part * (1 - part)
        colours.extend(oklch(0.17 + 0.78 * part, chroma, 300 + 150 * part))
    return colours
