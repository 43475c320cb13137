"""The sentences that say most of a text.

LexRank (Erkan and Radev, “LexRank: graph-based lexical centrality as salience in text
summarization”, JAIR 22, 2004): a sentence says much that is like many others, by the cosine of its
weighted words; a random walk over these finds them. What is chosen is unlike what was chosen before
(maximal marginal relevance: Carbonell and Goldstein, 1998), and stands in the order of the text.
"""

import math
import re
from collections import Counter

from assistant.suggestions.rules.words import stems_of, words_of

SENTENCE_LEAST, SENTENCE_MOST = 20, 320
SENTENCES_MOST = (
    240  # of longer texts those that lie evenly over it: what is compared is their square
)
ENDS = re.compile(r"(?<=[.!?…])[\"'”’»)]?\s+|(?<=[。！？])|\n+")
ALIKE, DAMPING, STEPS = 0.1, 0.85, 30
TOO_ALIKE = 0.5

Vector = dict[str, float]


def split(text: str) -> list[str]:
    """Return the sentences and lines of a text, on one line each, those without words left out."""
    parts = (" ".join(part.split()) for part in ENDS.split(text))
    return [part for part in parts if part and words_of(part[:400])]


def summary(text: str, language: str, *, most: int, without: str = "") -> str:
    """Return the sentences of a text that say most of it, up to `most` characters.

    Those that stand in `without` are weighed, and not chosen. Empty where there is too little.
    """
    known = _line(without)
    everything = list(dict.fromkeys(split(text)))
    sentences = [each for each in everything if SENTENCE_LEAST <= len(each) <= SENTENCE_MOST]
    if len(sentences) > SENTENCES_MOST:
        step = len(sentences) / SENTENCES_MOST
        sentences = [sentences[int(at * step)] for at in range(SENTENCES_MOST)]
    vectors = weighed([stems_of(each, language) for each in sentences])
    ranks = _ranks(vectors)
    chosen: list[int] = []
    room = most
    for at in sorted(range(len(sentences)), key=lambda at: (-ranks[at], at)):
        fits = len(sentences[at]) + 1 <= room and _line(sentences[at]) not in known
        is_new = all(cosine(vectors[at], vectors[other]) < TOO_ALIKE for other in chosen)
        if fits and is_new and len(vectors[at]) > 1:
            chosen.append(at)
            room -= len(sentences[at]) + 1
    return " ".join(_ended(sentences[at]) for at in sorted(chosen))


def weighed(texts: list[list[str]]) -> list[Vector]:
    """Return each list of words as a vector of length one, rare words weighing more (tf·idf)."""
    seen = Counter(word for words in texts for word in set(words))
    vectors = []
    for words in texts:
        vector = {
            word: count * math.log(1 + len(texts) / seen[word])
            for word, count in sorted(Counter(words).items())
        }
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors.append({word: weight / length for word, weight in vector.items()})
    return vectors


def cosine(one: Vector, other: Vector) -> float:
    """Return how alike two vectors of length one are, from 0 to 1."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[word] for word, weight in one.items() if word in other)


def _ranks(vectors: list[Vector]) -> list[float]:
    count = len(vectors)
    if not count:
        return []
    near: list[list[int]] = [[] for _ in vectors]
    for at in range(count):
        for other in range(at + 1, count):
            if cosine(vectors[at], vectors[other]) > ALIKE:
                near[at].append(other)
                near[other].append(at)
    ranks = [1.0 / count] * count
    for _ in range(STEPS):
        nexts = [(1 - DAMPING) / count] * count
        for at, others in enumerate(near):
            for other in others:
                nexts[other] += DAMPING * ranks[at] / len(others)
        ranks = nexts
    return ranks


def _line(text: str) -> str:
    return " ".join(words_of(text))


def _ended(sentence: str) -> str:
    return sentence if sentence[-1] in '.!?…。！？"”»’)' else f"{sentence}."
