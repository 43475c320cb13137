"""Words of made-up titles, as skewed as those of real ones: few are everywhere, most are rare.

Frequencies fall as 1/rank (Zipf's law), with what stands in every catalogue on top: “love”, “night”
and “the” are each in one title of a hundred and more.
"""

import bisect
import itertools
import random

COMMON = ("the", "love", "night", "of", "in", "you", "and", "a", "song", "blue", "time", "my")
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "el", "or")]
VOCABULARY = 40_000
TAGS = 600
GENRES = (
    "ambient",
    "house",
    "techno",
    "folk",
    "jazz",
    "rock",
    "classical",
    "hip-hop",
    "dub",
    "pop",
)


class Words:
    """Draws words of a vocabulary that is the same each time."""

    def __init__(self, size: int = VOCABULARY) -> None:
        self.known = [*COMMON, *_invented(size)]
        weights = itertools.accumulate(1 / (rank + 8) for rank in range(len(self.known)))
        self.sums = list(weights)

    def draw(self, chance: random.Random) -> str:
        """Return a word, common ones often."""
        return self.known[bisect.bisect(self.sums, chance.random() * self.sums[-1])]

    def title(self, chance: random.Random) -> str:
        """Return a title of one to five words."""
        words = [self.draw(chance) for _ in range(chance.choice((1, 2, 2, 3, 3, 4, 5)))]
        return " ".join(words).capitalize()

    def name(self, chance: random.Random) -> str:
        """Return the name of an artist: two rare words."""
        pair = (self.known[chance.randrange(len(COMMON), len(self.known))] for _ in range(2))
        return " ".join(word.capitalize() for word in pair)


def _invented(size: int) -> list[str]:
    chance = random.Random(1)  # noqa: S311 — the same words each time
    found: dict[str, None] = {}
    while len(found) < size:
        found["".join(chance.choice(SYLLABLES) for _ in range(chance.choice((2, 3, 3, 4))))] = None
    return list(found)


def tags() -> list[str]:
    """Return the words of tags, the most used first."""
    return [*GENRES, *_invented(TAGS - len(GENRES))]
