"""EBU R128 (tech 3341, 3342) as FFmpeg's ``ebur128`` filter reports it."""

import math
import re
from dataclasses import dataclass

GATE_LUFS = -70.0  # the absolute gate: at or below it nothing was measured
BLOCKS_PER_SECOND = 10
NUMBER = r"(-?(?:\d+(?:\.\d+)?|inf|nan))"
SUMMARY = re.compile(
    rf"Summary:\s+Integrated loudness:\s+I:\s+{NUMBER} LUFS.*?LRA:\s+{NUMBER} LU"
    rf".*?Peak:\s+{NUMBER} dBFS",
    re.DOTALL,
)


@dataclass(frozen=True)
class Loudness:
    """Integrated loudness (LUFS), range (LU), true peak (dBTP); None where there is silence."""

    integrated: float | None
    range: float | None
    true_peak: float | None


def parse_summary(stderr: str) -> Loudness:
    """The numbers of the last summary in FFmpeg's words."""
    found = SUMMARY.findall(stderr)
    if not found:
        return Loudness(None, None, None)
    integrated, spread, peak = (_finite(number) for number in found[-1])
    if integrated is None or integrated <= GATE_LUFS:
        return Loudness(None, None, peak)
    return Loudness(integrated, spread, peak)


class LoudnessCurve:
    """Collects short-term loudness (the last 3 s), once per second, from ``ametadata=print``."""

    KEY = b"lavfi.r128.S="

    def __init__(self) -> None:
        self.values: list[float] = []
        self._rest = b""
        self._blocks = 0

    def feed(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            if line.startswith(self.KEY):
                self._blocks += 1
                if self._blocks % BLOCKS_PER_SECOND == 0:
                    value = _finite(line[len(self.KEY) :].decode("ascii", "replace"))
                    self.values.append(max(GATE_LUFS, round(value or GATE_LUFS, 1)))


def _finite(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
