"""Which words a machine has made up: told by the sound itself and by the model's own figures.

A model that writes words down (Whisper: Radford et al. 2022) writes some over silence and over
instruments, too, and goes round in circles.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.providers.registry import Heard, Segment, Word
from assistant.transcripts.passages import key_of

Curve = NDArray[np.float64]

BLOCK_MS = 100
FLOOR_DB = -90.0
STILLEST_DB, LOUDEST_STILL_DB = -70.0, -45.0  # what counts as silence lies between
BELOW_LOUD_DB = 40.0  # the loudest twentieth is loud
BELOW_WORD_DB, PAUSE_MS = 20.0, 250  # what is so far below a word, for so long, is no part of it
SLACK_MS = 200  # word times are so coarse

LEAST_LOGPROB = -1.0
NO_SPEECH, NO_SPEECH_LOGPROB = 0.6, -0.8
SURELY_NO_SPEECH = 0.85  # and then no figure of the words helps
LEAST_CONFIDENCE = 0.35  # mean of a sung segment's words
WORDS_A_SECOND = 9.0  # auctioneers reach 6
LONGEST_CYCLE = 8  # words
SPOKEN_TURNS, SUNG_TURNS = 4, 9  # of a cycle in one segment; of one segment after another
LEAST_WORDS = 3  # in all, of a song: fewer are no words of it
# Mean confidence of all words and mean figure of the segments: below, it heard another language.
UNDERSTOOD, UNDERSTOOD_LOGPROB = 0.5, -0.75
SUNG_UNDERSTOOD, SUNG_UNDERSTOOD_LOGPROB = 0.4, -0.9


@dataclass(frozen=True)
class Cleaned:
    """What is left, how many segments are gone, and whether the rest was understood at all."""

    segments: list[Segment]
    dropped: int
    is_understood: bool


def clean(heard: Heard, levels: Curve, *, sung: bool) -> Cleaned:
    """Return the words that were said, by the level of the sound in dBFS, ten times a second."""
    still = silence_of(levels)
    told = [row for row in (_audible(one, levels, still) for one in heard.segments) if row]
    kept = [one for one in told if _is_likely(one, sung=sung) and not _is_loop(one, sung=sung)]
    kept = _without_rounds(kept, SUNG_TURNS if sung else SPOKEN_TURNS)
    if sung and sum(len(one.words) for one in kept) < LEAST_WORDS:
        kept = []
    if not sung:
        kept = [replace(one, words=_begun(one.words, levels)) for one in kept]
    return Cleaned(kept, len(heard.segments) - len(kept), _is_understood(kept, sung=sung))


def silence_of(levels: Curve) -> float:
    """Return below which level nothing is heard, in dBFS."""
    if not len(levels):
        return LOUDEST_STILL_DB
    loud = float(np.percentile(levels, 95))
    return min(max(loud - BELOW_LOUD_DB, STILLEST_DB), LOUDEST_STILL_DB)


def _audible(segment: Segment, levels: Curve, still: float) -> Segment | None:
    """Return a segment without its words over silence; None where most are."""
    words = [word for word in segment.words if not _is_still(word, levels, still)]
    if not words or 2 * len(words) < len(segment.words):
        return None
    if len(words) == len(segment.words):
        return segment
    return replace(segment, words=words, begin_ms=words[0].begin_ms, end_ms=words[-1].end_ms)


def _is_still(word: Word, levels: Curve, still: float) -> bool:
    begin = max(0, (word.begin_ms - SLACK_MS) // BLOCK_MS)
    beneath = levels[begin : (word.end_ms + SLACK_MS) // BLOCK_MS + 1]
    return not len(beneath) or float(beneath.max()) < still


def _begun(words: Sequence[Word], levels: Curve) -> list[Word]:
    """Let words begin where they are heard: a model gives the pause before a word to that word."""
    return [_without_pause(word, levels) for word in words]


def _without_pause(word: Word, levels: Curve) -> Word:
    first, last = word.begin_ms // BLOCK_MS, word.end_ms // BLOCK_MS
    beneath = levels[first : last + 1]
    if not len(beneath):
        return word
    heard = int(np.argmax(beneath >= float(beneath.max()) - BELOW_WORD_DB))
    begin_ms = (first + heard) * BLOCK_MS
    return word if begin_ms - word.begin_ms < PAUSE_MS else word._replace(begin_ms=begin_ms)


def _is_likely(segment: Segment, *, sung: bool) -> bool:
    """Tell whether these can be words, by the figures of the model. Speech is held to the pace."""
    seconds = max(0.1, (segment.end_ms - segment.begin_ms) / 1000)
    if len(segment.words) / seconds > WORDS_A_SECOND:
        return False
    if not sung:
        return True
    logprob, no_speech = segment.mean_log_probability, segment.no_speech
    if logprob is not None and logprob < LEAST_LOGPROB:
        return False
    if no_speech is not None and no_speech > SURELY_NO_SPEECH:
        return False
    if no_speech is not None and no_speech > NO_SPEECH and (logprob or 0) < NO_SPEECH_LOGPROB:
        return False
    sure = _confidence(segment.words)
    return sure is None or sure >= LEAST_CONFIDENCE


def _is_loop(segment: Segment, *, sung: bool) -> bool:
    """Tell whether a segment says the same few words over and over."""
    words = [key_of(word.text) for word in segment.words]
    turns = SUNG_TURNS if sung else SPOKEN_TURNS
    for length in range(1, LONGEST_CYCLE + 1):
        run = 0
        for place in range(length, len(words)):
            run = run + 1 if words[place] == words[place - length] else 0
            if run >= length * (turns - 1):
                return True
    return False


def _without_rounds(segments: Sequence[Segment], turns: int) -> list[Segment]:
    """Return the segments without such as come so many times one after another."""
    kept, round_ = list[Segment](), list[Segment]()
    for one in segments:
        if round_ and _said(one) != _said(round_[0]):
            kept += round_ if len(round_) < turns else round_[:1]
            round_ = []
        round_.append(one)
    return kept + (round_ if len(round_) < turns else round_[:1])


def _said(segment: Segment) -> list[str]:
    return [key_of(word.text) for word in segment.words]


def _is_understood(segments: Sequence[Segment], *, sung: bool) -> bool:
    """Tell whether the machine knew what it heard; what says no figures is believed."""
    words = [word for one in segments for word in one.words]
    sure = _confidence(words)
    weights = [(one.mean_log_probability, len(one.words)) for one in segments]
    known = [(value, count) for value, count in weights if value is not None and count]
    total = sum(count for _value, count in known)
    mean = sum(value * count for value, count in known) / total if total else 0.0
    least = SUNG_UNDERSTOOD if sung else UNDERSTOOD
    return (sure is None or sure >= least) and mean >= (
        SUNG_UNDERSTOOD_LOGPROB if sung else UNDERSTOOD_LOGPROB
    )


def _confidence(words: Sequence[Word]) -> float | None:
    sure = [word.confidence for word in words if word.confidence is not None]
    return sum(sure) / len(sure) if sure else None
