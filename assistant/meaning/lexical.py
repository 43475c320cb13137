"""Vectors made of letters alone: always there, no model. Typos and inflections, no paraphrase.

The stems of a text and the three to five letters that follow each other in its words are hashed
with a sign into 1,024 dimensions (Weinberger et al., “Feature hashing for large scale multitask
learning”, 2009); each counts by the root of how often it comes, and the whole has the length one.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np

from assistant.chunks import stems
from tracks.search import words

DIMENSIONS = 1024
SHORT, LONG = 3, 5  # letters that follow each other
STEM_COUNTS = 3.0  # as much as so many runs of letters
WORD_LETTERS = 30


class Lexical:
    """The embedder that every site has."""

    name = "lexical"
    label = "Words and letters"
    is_local = True
    model = "words-and-letters"
    version = "1"
    dimensions = DIMENSIONS

    def is_there(self) -> bool:
        """Tell that it is."""
        return True

    def passages(self, texts: Sequence[str]) -> Any:
        """Return one row per text, of length one; of nothing where a text has no words."""
        rows = [self.question(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, DIMENSIONS), np.float32)

    def question(self, text: str) -> Any:
        """Return the vector of a text."""
        row = np.zeros(DIMENSIONS, np.float32)
        for feature, times in Counter(_features(text)).items():
            place, sign = _place(feature)
            row[place] += sign * times**0.5 * (STEM_COUNTS if feature[0] == "=" else 1)
        length = float(np.linalg.norm(row))
        return row / length if length else row


def _features(text: str) -> Iterator[str]:
    for word in stems.words_of(text):
        if word.stem in stems.PLAIN:
            continue
        yield f"={word.stem}"
        folded = words.fold(text[word.begin : word.end])
        letters = f"<{folded[:WORD_LETTERS]}>"
        for size in range(SHORT, LONG + 1):
            yield from (letters[at : at + size] for at in range(len(letters) - size + 1))


@lru_cache(200_000)
def _place(feature: str) -> tuple[int, int]:
    digest = int.from_bytes(blake2b(feature.encode(), digest_size=8).digest())
    return digest % DIMENSIONS, 1 if digest >> 63 else -1
