"""The waveform, in the numbers of the BBC's ``audiowaveform`` (version 2, 8 bits)."""

import gzip
import io
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

SAMPLES_PER_PIXEL = 256
FINE = 32  # samples per pixel where somebody looks closely
BUCKETS = 1000
Peaks = NDArray[np.int8]


class WaveformMeter:
    """Takes interleaved signed 16-bit samples as they come and keeps two bytes per 256 of them.

    `on_fine` hears the peaks per 32 samples as they are measured: too many to be kept here.
    """

    def __init__(self, channels: int, on_fine: Callable[[Peaks], object] = lambda peaks: None):
        self.frames = 0
        self._channels = channels
        self._on_fine = on_fine
        self._block_bytes = SAMPLES_PER_PIXEL * channels * 2
        self._waiting = b""
        self._parts: list[Peaks] = []

    def feed(self, data: bytes) -> NDArray[np.int32]:
        """Take samples in; returns those now measured, mono as the sum of the channels."""
        data = self._waiting + data if self._waiting else data
        whole = len(data) - len(data) % self._block_bytes
        self._waiting = data[whole:]
        return self._measure(data[:whole])

    def close(self) -> Peaks:
        """The peaks: one row of (min, max) per pixel; a short last pixel counts like any other."""
        self._measure(self._waiting)
        self._waiting = b""
        return np.concatenate(self._parts) if self._parts else np.zeros((0, 2), np.int8)

    def _measure(self, data: bytes) -> NDArray[np.int32]:
        samples = np.frombuffer(data, "<i2")
        if self._channels == 1:
            mono = samples.astype(np.int32)
        else:
            mono = np.add(samples[0::2], samples[1::2], dtype=np.int32)
        self.frames += len(mono)
        if len(mono):
            starts = np.arange(0, len(mono), FINE)
            lows, highs = (f.reduceat(mono, starts) for f in (np.minimum, np.maximum))
            fine = self._reduced(np.stack((lows, highs), axis=1))
            self._on_fine(fine)
            self._parts.append(coarser(fine, SAMPLES_PER_PIXEL // FINE))
        return mono

    def _reduced(self, sums: NDArray[np.int32]) -> Peaks:
        """Mean of the channels, then 8 of 16 bits, each truncated toward zero like C does.

        Both are monotonic, so they may follow the search for the extremes.
        """
        for divisor in (self._channels, 256):
            sums = np.sign(sums) * (np.abs(sums) // divisor)
        return sums.astype(np.int8)


def coarser(peaks: Peaks, times: int) -> Peaks:
    """The extremes of `times` pixels each: the very numbers that their samples would give."""
    starts = np.arange(0, len(peaks), times)
    if not len(starts):
        return peaks
    lows = np.minimum.reduceat(peaks[:, 0], starts)
    highs = np.maximum.reduceat(peaks[:, 1], starts)
    return np.stack((lows, highs), axis=1)


def waveform_json(peaks: Peaks, sample_rate: int) -> bytes:
    """The audiowaveform JSON of these peaks, gzipped, the same bytes each time."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0, compresslevel=6) as file:
        head = (
            f'{{"version":2,"channels":1,"sample_rate":{sample_rate},'
            f'"samples_per_pixel":{SAMPLES_PER_PIXEL},"bits":8,"length":{len(peaks)},"data":['
        )
        file.write(head.encode())
        for start in range(0, len(peaks), 1 << 16):  # in parts: an hour is a million numbers
            numbers = ",".join(map(str, peaks[start : start + (1 << 16)].ravel().tolist()))
            file.write(("," if start else "").encode() + numbers.encode())
        file.write(b"]}")
    return out.getvalue()


def overview(peaks: Peaks, buckets: int = BUCKETS) -> list[int]:
    """[min, max, min, max …] of `buckets` equal parts of the piece; [] when it is empty."""
    if not len(peaks):
        return []
    edges = np.arange(buckets + 1) * len(peaks) // buckets
    starts = np.minimum(edges[:-1], len(peaks) - 1)
    lows = np.minimum.reduceat(peaks[:, 0], starts)
    highs = np.maximum.reduceat(peaks[:, 1], starts)
    return np.stack((lows, highs), axis=1).ravel().tolist()
