"""Cutting texts into passages of some 200 to 400 letters, at the ends of sentences and lines."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

ENOUGH, MOST = 200, 400  # letters of a passage
SHARED = 80  # letters of the end of one that begin the next, at most
PASSAGES_MOST = 2_000  # of one source
END = re.compile(r"(?<=[.!?…。！？])[\"'”’»)\]]*\s+|\n+")


@dataclass(frozen=True)
class Bit:
    """Some words that stay together, with the moments at which they begin and end."""

    text: str
    begin_ms: int | None = None
    end_ms: int | None = None


@dataclass
class Passage:
    """What stands together. `times`: which moment begins at which letter."""

    text: str = ""
    at_ms: int | None = None
    end_ms: int | None = None
    times: list[list[int]] = field(default_factory=list)

    def add(self, bit: Bit, joint: str = " ") -> None:
        """Put words behind those that are there."""
        self.text += (joint if self.text else "") + bit.text
        if bit.begin_ms is not None:
            self.times.append([len(self.text) - len(bit.text), bit.begin_ms])
            self.at_ms = bit.begin_ms if self.at_ms is None else self.at_ms
            self.end_ms = max(self.end_ms or 0, bit.end_ms or bit.begin_ms)


def of_text(text: str) -> list[Passage]:
    """Return the passages of a text without times."""
    sentences = (part.strip() for part in END.split(text))
    bits = [Bit(piece) for sentence in sentences if sentence for piece in _short(sentence)]
    return joined([[bit] for bit in bits])


def _short(sentence: str) -> Iterable[str]:
    """Part a sentence that is too long, at its blanks where it has some."""
    while len(sentence) > MOST:
        cut = sentence.rfind(" ", ENOUGH, MOST)
        cut = cut if cut > 0 else MOST
        yield sentence[:cut].strip()
        sentence = sentence[cut:].strip()
    if sentence:
        yield sentence


def of_words(words: Iterable[Bit]) -> list[list[Bit]]:
    """Return words as sentences: one ends with its mark, or where it would grow too long."""
    sentences: list[list[Bit]] = [[]]
    letters = 0
    for word in words:
        letters += len(word.text) + 1
        if sentences[-1] and letters > MOST:
            sentences.append([])
            letters = len(word.text)
        sentences[-1].append(word)
        if word.text.rstrip("\"'”’»)]")[-1:] in ".!?…。！？" and letters > SHARED:
            sentences.append([])
            letters = 0
    return [sentence for sentence in sentences if sentence]


def joined(sentences: Sequence[Sequence[Bit]], joint: str = " ") -> list[Passage]:
    """Return passages of whole sentences; the last one of each begins the next, where it is short.

    None is longer than 400 letters but for one word that is.
    """
    found: list[Passage] = []
    held: list[Sequence[Bit]] = []
    letters = last = 0
    for sentence in sentences:
        own = _letters(sentence)
        if held and (letters >= ENOUGH or letters + own > MOST):
            found.append(_passage(held, joint))
            begins_next = len(held) > 1 and last <= SHARED and last + own <= MOST
            held, letters = (held[-1:], last) if begins_next else ([], 0)
        held.append(sentence)
        letters, last = letters + own, own
    if held:
        found.append(_passage(held, joint))
    return found[:PASSAGES_MOST]


def _letters(sentence: Sequence[Bit]) -> int:
    return sum(len(bit.text) + 1 for bit in sentence)


def _passage(sentences: Sequence[Sequence[Bit]], joint: str) -> Passage:
    made = Passage()
    for sentence in sentences:
        for place, bit in enumerate(sentence):
            made.add(bit, " " if place else joint)
    return made
