"""EBU R128 (tech 3341, 3342) as FFmpeg's ``ebur128`` filter reports it."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

GATE_LUFS = -70.0  # the absolute gate: at or below it nothing was measured
RELATIVE_GATE_LU = 10.0
WINDOW_S = 3.0  # of short-term loudness
SHORTEST_S = 5
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


def on_passages(
    older: Sequence[float | None],
    newer: Sequence[float | None],
    passages: Sequence[tuple[float, float, float]],
) -> tuple[float, float] | None:
    """Return the loudness in LUFS of two versions on what both have in common.

    The curves are short-term loudness, a value for the three seconds that end with each second;
    `passages` are (start, end, offset) in seconds, as an alignment tells them. Gated as ITU-R
    BS.1770 gates, by the older version, so that both are measured on the same bars. None where
    fewer than five seconds are left.
    """
    pairs = [
        (at, there)
        for start, end, offset in passages
        for at, there in _moments(older, newer, start, end, offset)
        if at > GATE_LUFS and there > GATE_LUFS
    ]
    if not pairs:
        return None
    gate = _mean(at for at, _ in pairs) - RELATIVE_GATE_LU
    loud = [(at, there) for at, there in pairs if at > gate]
    if len(loud) < SHORTEST_S:
        return None
    return round(_mean(at for at, _ in loud), 2), round(_mean(there for _, there in loud), 2)


def _moments(
    older: Sequence[float | None],
    newer: Sequence[float | None],
    start: float,
    end: float,
    offset: float,
) -> Iterator[tuple[float, float]]:
    """Yield the loudness of both at each second whose three are all within the passage."""
    for index in range(max(0, math.ceil(start + WINDOW_S) - 1), len(older)):
        if index + 1 > end:
            return
        place = index + offset
        low = math.floor(place)
        if low < 0 or low + 1 >= len(newer):
            continue
        here, left, right = older[index], newer[low], newer[low + 1]
        if here is None or left is None or right is None:
            continue
        share = place - low
        yield here, _lufs((1 - share) * _power(left) + share * _power(right))


def _mean(loudnesses: Iterable[float]) -> float:
    powers = [_power(loudness) for loudness in loudnesses]
    return _lufs(sum(powers) / len(powers))


def _power(lufs: float) -> float:
    return float(10 ** (lufs / 10))


def _lufs(power: float) -> float:
    return 10 * math.log10(power) if power > 0 else GATE_LUFS


def _finite(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
