"""Where each moment of one version is in another, bars inserted, removed or replaced included.

Coarse: offsets at which many Chromaprint words meet (Haitsma & Kalker 2002; a word every 0.124 s
spans 2.4 s), and the cheapest way along them by dynamic programming. Fine: the level of both, 200
times a second, finds each passage's offset and each splice to a few hundredths of a second.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from media_pipeline.steps.alignment_path import WORD_S, passages
from media_pipeline.steps.levels import (
    RATE_HZ,
    Levels,
    is_faint,
    lift,
    likeness,
    offset_near,
    splice,
)

CHANGED_BELOW = 0.55  # likeness of the two curves of levels
CHANGED_DB = 3.0  # against what the whole piece became louder or softer by
AROUND_S = 1.0  # what counts as the passage of a note at a moment
SHORTEST_S = 0.75


@dataclass(frozen=True)
class Passage:
    """A stretch of the older version, in seconds, and by how much later it is in the newer."""

    start: float
    end: float
    offset: float
    confidence: float


@dataclass(frozen=True)
class Place:
    """A moment in the newer version; `lost` where its passage is gone: then the nearest one."""

    at: float
    confidence: float
    lost: bool = False


@dataclass(frozen=True)
class Alignment:
    """The passages that both versions have in common, in order."""

    passages: list[Passage]
    older: Levels
    newer: Levels

    def place(self, seconds: float) -> Place:
        """Return where this moment of the older version is in the newer one."""
        if not self.passages:
            return Place(min(seconds, self.newer.duration), 0.0)
        for passage in self.passages:
            if passage.start <= seconds < passage.end:
                return Place(self._within(seconds + passage.offset), passage.confidence)
        before = [p for p in self.passages if p.end <= seconds]
        after = [p for p in self.passages if p.start > seconds]
        near = before[-1].end + before[-1].offset if before else after[0].start + after[0].offset
        is_tail = not after and seconds + before[-1].offset <= self.newer.duration
        if is_tail and seconds - before[-1].end < AROUND_S:  # the very end has no words of its own
            return Place(self._within(seconds + before[-1].offset), before[-1].confidence)
        return Place(self._within(near), 0.0, lost=True)

    def is_changed(self, start: float, end: float | None = None) -> bool:
        """Tell whether the passage sounds different in the newer version, or is not all there."""
        low, high = (start, end) if end else (start - AROUND_S, start + AROUND_S)
        low, high = max(0.0, low), min(high, self.older.duration)
        for passage in self.passages:
            a, b = max(low, passage.start), min(high, passage.end)
            if passage.start <= start < passage.end and b - a >= min(SHORTEST_S, (high - low) / 2):
                if is_faint(self.older, self.newer, a, b, passage.offset):
                    return False
                alike = likeness(self.older, self.newer, a, b, passage.offset)
                louder = lift(self.older, self.newer, a, b, passage.offset) - self._usual_lift()
                return alike < CHANGED_BELOW or abs(louder) > CHANGED_DB
        return True

    def _usual_lift(self) -> float:
        lifts = [lift(self.older, self.newer, p.start, p.end, p.offset) for p in self.passages]
        weights = [p.end - p.start for p in self.passages]
        return float(np.average(lifts, weights=weights))

    def _within(self, seconds: float) -> float:
        return min(max(0.0, seconds), self.newer.duration)


def align(
    older_words: Sequence[int], newer_words: Sequence[int], older: Levels, newer: Levels
) -> Alignment:
    """Return the alignment of two versions from their Chromaprint words and levels.

    Too short for words (under 3 s), or with nothing in common, there is no passage: every moment
    is then placed where it was, with confidence 0.
    """
    coarse = passages(_unsigned(older_words), _unsigned(newer_words))
    found: list[Passage] = []
    for begin, stop, words, score in coarse:
        start, end = max(0.0, begin * WORD_S), min(stop * WORD_S + 2.0, older.duration)
        offset = offset_near(older, newer, start, end, words * WORD_S)
        if found and abs(found[-1].offset - offset) < 2 / RATE_HZ:  # the same way, gone on
            last = found.pop()
            found.append(Passage(last.start, end, last.offset, (last.confidence + score) / 2))
        else:
            found.append(Passage(start, end, offset, score))
    return Alignment(_joined(found, older, newer), older, newer)


def _joined(found: list[Passage], older: Levels, newer: Levels) -> list[Passage]:
    """Put the ends of passages where the music says: the words blur them by their own length."""
    joined: list[Passage] = []
    for index, passage in enumerate(found):
        start, end = passage.start, passage.end
        if not joined:
            start = _reach(older, newer, passage, back=True)
        else:
            start = joined[-1].end + max(0.0, joined[-1].offset - passage.offset)
        if index == len(found) - 1:
            end = _reach(older, newer, passage, back=False)
        else:
            end = splice(older, newer, passage, found[index + 1])
        if end - start > 0:
            joined.append(Passage(start, end, passage.offset, passage.confidence))
    return joined


def _reach(older: Levels, newer: Levels, passage: Passage, *, back: bool) -> float:
    """Follow the first passage back, or the last one on, for as long as both sound alike."""
    step = 0.5
    at = passage.start if back else passage.end
    limit = (
        max(0.0, -passage.offset) if back else min(older.duration, newer.duration - passage.offset)
    )
    while abs(at - limit) > 1e-6:
        beyond = max(at - step, limit) if back else min(at + step, limit)
        low, high = (beyond, beyond + 3 * step) if back else (beyond - 3 * step, beyond)
        if likeness(older, newer, max(0, low), high, passage.offset) < CHANGED_BELOW:
            return at
        at = beyond
    return limit


def _unsigned(words: Sequence[int]) -> NDArray[np.uint32]:
    return (np.asarray(words, np.int64) & 0xFFFFFFFF).astype(np.uint32)
