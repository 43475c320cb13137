"""Peaks for zooming: the binary ``.dat`` files of the BBC's ``audiowaveform``, version 2, 8 bits.

A header of 24 bytes (version, flags, sample rate, samples per pixel, length, channels; 32 bits
each, little-endian), then two signed bytes, minimum and maximum, per pixel. So pixel `n` lies at
byte 24 + 2n, and a page can ask for just those that it shows.
https://github.com/bbc/audiowaveform/blob/master/doc/DataFormat.md
"""

import struct
from pathlib import Path
from types import TracebackType
from typing import Self

from media_pipeline.steps.waveform import FINE, SAMPLES_PER_PIXEL, Peaks, coarser

LEVELS = (FINE, SAMPLES_PER_PIXEL, 2048)  # samples per pixel, the finest first
EIGHT_BITS = 1
HEADER = struct.Struct("<iIiiIi")


def dat(peaks: Peaks, sample_rate: int, samples_per_pixel: int) -> bytes:
    """Return the whole file of these peaks."""
    return _header(sample_rate, samples_per_pixel, len(peaks)) + peaks.tobytes()


def coarsest(peaks: Peaks) -> Peaks:
    """Return peaks of the last level from those of the middle one."""
    return coarser(peaks, LEVELS[2] // LEVELS[1])


class FinePeaks:
    """The finest level, written to a file as it is measured: an hour has 10 MB of it.

    Use it as a context; the header is complete when the context ends.
    """

    def __init__(self, path: Path, sample_rate: int) -> None:
        self.path = path
        self._sample_rate = sample_rate
        self._pixels = 0

    def __enter__(self) -> Self:
        self._file, self._pixels = self.path.open("wb"), 0
        self._file.write(_header(self._sample_rate, FINE, 0))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._file:
            self._file.seek(0)
            self._file.write(_header(self._sample_rate, FINE, self._pixels))

    def add(self, peaks: Peaks) -> None:
        """Write these after those before."""
        self._file.write(peaks.tobytes())
        self._pixels += len(peaks)


def _header(sample_rate: int, samples_per_pixel: int, length: int) -> bytes:
    return HEADER.pack(2, EIGHT_BITS, sample_rate, samples_per_pixel, length, 1)
