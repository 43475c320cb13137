"""Which language a text is in: by its letters, then by the commonest words.

Function words are the most of every text, and tell even short ones apart (Grefenstette, “Comparing
two language identification schemes”, 1995). No guess is made where two are about as likely.
"""

import re
from collections import Counter

from assistant.suggestions.rules.stop_words import STOP_WORDS
from assistant.suggestions.rules.words import words_of

READ = 40_000  # characters: more of it tells nothing more
LEAST_WORDS, LEAST_SHARE, AHEAD = 6, 0.12, 1.15
# Letters that one language has alone, or that a few share, of those known here.
SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\u1100-\u11ff\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("ta", re.compile(r"[\u0b80-\u0bff]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
)
LETTERS = re.compile(r"[^\W\d_]")
LEAST_LETTERS = 12


def guess(text: str) -> str:
    """Return the language of a text as a tag, or nothing where it is not clear."""
    read = text[:READ]
    letters = len(LETTERS.findall(read))
    if letters < LEAST_LETTERS:
        return ""
    for tag, script in SCRIPTS:
        # Japanese is told by its kana, of which there are fewer than of all its signs.
        if len(script.findall(read)) > letters * (0.1 if tag == "ja" else 0.5):
            return tag
    return _by_words(read)


def _by_words(text: str) -> str:
    words = words_of(text)
    if len(words) < LEAST_WORDS:
        return ""
    counts = Counter(words)
    found = Counter(
        {tag: sum(counts[word] for word in listed) for tag, listed in STOP_WORDS.items()}
    )
    (first, most), (_second, next_most) = found.most_common(2)
    is_clear = most >= LEAST_SHARE * len(words) and most >= AHEAD * next_most
    return first if is_clear else ""
