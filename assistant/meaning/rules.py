"""What joins several orders, and what is evidence at all. Numbers and words, no rows.

How near something lies is never enough: whatever is asked, something is nearest. A passage is
evidence where most of what was asked stands in it; where some of it does and a model of meaning
puts it in front; or where such a model puts it in front and nearer than anything about other
things. Weights of words come of what whoever asks may find, so that nothing else moves an answer.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from assistant.chunks.stems import Word
from tracks.search.words import is_one_edit

Key = TypeVar("Key")

K = 60  # Cormack, Clarke and Büttcher, “Reciprocal rank fusion”, 2009
MOSTLY, PARTLY = 0.5, 0.3  # of what was asked
FRONT = 3  # places of a model of meaning
TYPO_LETTERS = 4
TYPO_COUNTS = 0.8
ROW_MOST = 16  # words of a question that are looked for one after the other
TOGETHER = 14  # words among which those that were asked for stand together


def fused(orders: Iterable[Sequence[Key]]) -> dict[Key, float]:
    """Return each key's sum of 1 / (60 + its place), over all orders."""
    found: dict[Key, float] = {}
    for order in orders:
        for place, key in enumerate(order, start=1):
            found[key] = found.get(key, 0) + 1 / (K + place)
    return found


def in_a_row(asked: Sequence[str], texts: Mapping[Key, Sequence[str]]) -> list[Key]:
    """Return the texts in which some of what was asked stands word after word, most of it first."""
    runs = {key: _longest_run(asked[:ROW_MOST], text) for key, text in texts.items()}
    return sorted((key for key, run in runs.items() if run > 1), key=lambda key: -runs[key])


def _longest_run(one: Sequence[str], other: Sequence[str]) -> int:
    best, before = 0, [0] * (len(one) + 1)
    for word in other:
        now = [0] * (len(one) + 1)
        for at, asked in enumerate(one, start=1):
            if asked == word:
                now[at] = before[at - 1] + 1
                best = max(best, now[at])
        before = now
    return best


@dataclass
class Asked:
    """The stems of a question, and what each weighs among what was found."""

    stems: Sequence[str]
    weights: dict[str, float] = field(default_factory=dict)
    found: set[str] = field(default_factory=set)

    def weigh(self, texts: Collection[Collection[str]]) -> None:
        """Let a stem that stands in few of these texts count more; one in none as if in one."""
        for stem in self.stems:
            among = sum(stem in text for text in texts)
            self.weights[stem] = math.log(1 + (len(texts) + 1) / max(among, 1))
            if among:
                self.found.add(stem)

    def share(self, text: Collection[str]) -> float:
        """Return how much of what was asked stands in a text, from 0 to 1."""
        whole = sum(self.weights.values())
        there = sum(self.weights[stem] * self._counts(stem, text) for stem in self.stems)
        return there / whole if whole else 0.0

    def hits(self, text: Collection[str]) -> Mapping[str, str]:
        """Return which words of a text stand for which stems that were asked for."""
        pairs = {}
        for stem in self.stems:
            if stem in text:
                pairs[stem] = stem
            elif stem not in self.found and len(stem) >= TYPO_LETTERS:
                pairs |= {other: stem for other in text if _is_nearly(stem, other)}
        return pairs

    def _counts(self, stem: str, text: Collection[str]) -> float:
        if stem in text:
            return 1
        if stem in self.found or len(stem) < TYPO_LETTERS:
            return 0
        return TYPO_COUNTS if any(_is_nearly(stem, other) for other in text) else 0


def _is_nearly(stem: str, other: str) -> bool:
    return len(other) >= TYPO_LETTERS and stem[0] == other[0] and is_one_edit(stem, other)


def is_evidence(share: float, place: int | None, *, stands_out: bool) -> bool:
    """Tell whether a passage answers: by the share of what was asked that stands in it, its place
    by a model of meaning (from 1), and whether that puts it before whatever is about other things.
    """
    in_front = place is not None and place <= FRONT
    return share >= MOSTLY or (share >= PARTLY and in_front) or (in_front and stands_out)


def best_word(words: Sequence[Word], hits: Mapping[str, str]) -> int | None:
    """Return the first of the words among which most different ones of the asked stand together."""
    places = [at for at, word in enumerate(words) if word.stem in hits]
    best, most = None, 0
    for at in places:
        near = {hits[words[other].stem] for other in places if at <= other < at + TOGETHER}
        if len(near) > most:
            best, most = at, len(near)
    return best
