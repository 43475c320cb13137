"""What of an answer stands in what was read: all else is left out, whoever has written it."""

import re
from collections.abc import Mapping

from assistant.suggestions.rules.words import stem, stems_of, words_of

SHARE = 0.6  # of the words of a summary: the others join them
# What leads away or is told apart by every letter: it must stand there just so.
LITERAL = re.compile(r"\S*(?:://|www\.|@|\.[a-z]{2,}/)\S*|\d[\d.,:/-]*\d|\d", re.IGNORECASE)
MARKUP = re.compile(r"[<>\[\]`|\\]|\]\(|\*\*|__|^#")
SAID = 0.8


def is_of(words: str, text: str) -> bool:
    """Tell whether all words of a title or a tag stand in a text, in whatever order."""
    there = {stem(word) for word in words_of(text)}
    said = words_of(words)
    return bool(said) and all(stem(word) in there for word in said)


def is_summary_of(words: str, text: str, language: str) -> bool:
    """Tell whether a text says what a summary says, and it has no markup of its own."""
    if MARKUP.search(words):
        return False
    if any(found not in text for found in LITERAL.findall(words)):
        return False
    said = set(stems_of(words, language))
    there = set(stems_of(text, language))
    return bool(said) and len(said & there) >= SHARE * len(said)


def sources(words: str, texts: Mapping[str, str], language: str) -> list[str]:
    """Return by name the texts in which most of these words stand; all that have some, for none."""
    said = set(stems_of(words, language)) or set(words_of(words))
    shares = {
        name: len(said & set(stems_of(text, language))) / max(1, len(said))
        for name, text in texts.items()
    }
    found = [name for name, share in shares.items() if share >= SAID]
    return found or [name for name, share in shares.items() if share > 0]
