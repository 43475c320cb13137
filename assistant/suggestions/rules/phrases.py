"""Key phrases: RAKE (Rose, Engel, Cramer and Cowley, “Automatic keyword extraction from individual
documents”, 2010). Words that stand between common words and marks are candidates; a word weighs by
how many others it stands beside, over how often it is said at all.
"""

import re
from collections import Counter, defaultdict

from assistant.suggestions.rules.words import SIGNS, stem, stop_words, words_of

WORDS_MOST = 3
WORD_LEAST = 4
BREAKS = re.compile(r"[^\w\s'’\-]+|\n+")
READ = 200_000  # characters


def phrases(text: str, language: str, *, most: int) -> list[str]:
    """Return the key phrases of a text, the weightiest first; each says something of its own."""
    found = _candidates(text[:READ], language)
    degree: dict[str, int] = defaultdict(int)
    said: Counter[str] = Counter()
    for words, count in found.items():
        for word in words:
            degree[word] += len(words) * count
            said[word] += count
    total = sum(found.values())
    least = 1 if total < 40 else 2  # what a long text says once is nothing it is about

    def weight(words: tuple[str, ...]) -> float:
        return sum(degree[word] / said[word] for word in words) * found[words]

    ranked = sorted((each for each in found if found[each] >= least), key=lambda e: (-weight(e), e))
    chosen: dict[frozenset[str], str] = {}
    for words in ranked:
        stems = frozenset(stem(word) for word in words)
        if not any(stems <= other or other <= stems for other in chosen):
            chosen[stems] = " ".join(words)
        if len(chosen) == most:
            break
    return list(chosen.values())


def grams(text: str, *, most: int) -> list[str]:
    """Return the runs of one to three words of a text, the commonest first: they may be tags."""
    counts: Counter[str] = Counter()
    for part in BREAKS.split(text[:READ]):
        words = words_of(part)
        for length in range(1, WORDS_MOST + 1):
            counts.update(
                " ".join(words[at : at + length]) for at in range(len(words) - length + 1)
            )
    return sorted(counts, key=lambda gram: (-counts[gram], gram))[:most]


def _candidates(text: str, language: str) -> Counter[tuple[str, ...]]:
    silent = stop_words(language)
    found: Counter[tuple[str, ...]] = Counter()
    for part in BREAKS.split(text):
        run: list[str] = []
        for word in [*words_of(part), ""]:
            says = len(word) >= WORD_LEAST and word not in silent and not word[0].isdigit()
            if says and not SIGNS.search(word):
                run.append(word)
                continue
            if 0 < len(run) <= WORDS_MOST:
                found[tuple(run)] += 1
            run = []
    return found
