"""Words of a text, and what two of them share."""

import re
import unicodedata

from assistant.suggestions.rules.stop_words import ALL, STOP_WORDS

# A word of letters and marks, with what joins them; a longer one than this is none of a language.
WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
WORD_MOST = 40
SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")  # kana and han
STEM = 6


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, in their order; of signs, each pair of two."""
    found: list[str] = []
    for match in WORD.finditer(unicodedata.normalize("NFC", text).casefold()):
        word = match[0].replace("’", "'")
        if SIGNS.search(word):
            signs = word[:2000]
            found += [signs[at : at + 2] for at in range(max(1, len(signs) - 1))]
        elif len(word) <= WORD_MOST:
            found.append(word)
    return found


def stop_words(language: str) -> frozenset[str]:
    """Return the words that say nothing: of this language, of all where it is not known."""
    return STOP_WORDS.get(language.partition("-")[0], ALL)


def stem(word: str) -> str:
    """Return the beginning of a word: what its inflections share.

    To cut off is nearly as good as stemmers are, and needs none for each language (McNamee and
    Mayfield, “Character n-gram tokenization for European language text retrieval”, 2004).
    """
    return word[:STEM]


def stems_of(text: str, language: str) -> list[str]:
    """Return the stems of what is said in a text, in their order."""
    silent = stop_words(language)
    return [stem(word) for word in words_of(text) if word not in silent and not word.isdigit()]
