"""Words as they are found: parted, and written in one way whatever hand wrote them.

Case, accents (of Latin and Greek letters) and marks do not count. A word that marks part (“AC/DC”,
“Let's”) is found whole and in its parts. Scripts that put no blanks between words (Han, kana, Thai,
Lao, Khmer, Burmese) are found by their letters, one after the other.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tracks.keys_of_words import key_of
from tracks.models.document import TITLE_KEY_MAX, WORD_MAX

PLACES_MOST = 16_000  # of PostgreSQL's 16,383
WORDS_MOST = 4_000  # of one document
LETTERS_MOST = 40_000  # of one text
SLICE = 200  # letters of a word that are folded at once
TYPO_LETTERS = 5  # a shorter word with one letter wrong is another word
ALONE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
DRAWN_I, DRAWN_S = re.compile(r"(?<=[a-z])!(?=[a-z])"), re.compile(r"(?<=[a-z])\$|\$(?=[a-z])")
PLAIN = str.maketrans("ёأإآىٱ", "еااايا")
PART = re.compile(rf"[{ALONE}]|[^\W_{ALONE}]+")
# Weights of PostgreSQL: A the title, B who made it, C what it is called beside, D what is said.
TITLE, MAKER, BESIDE, SAID = "A", "B", "C", "D"


def fold(text: str) -> str:
    """Return a text as it is found: its key, without kinds of quotes, dashes and accents.

    Letters that people leave the marks off are the plain ones here: ё, and alef with hamza.
    """
    return text.lower() if text.isascii() else key_of(text).casefold().translate(PLAIN)


def title_key(text: str) -> str:
    """Return what a title begins with, for whoever writes its first words."""
    folded = fold(text)
    return " ".join(PART.findall(folded) or signs_of(folded.split()))[:TITLE_KEY_MAX]


def chunks(text: str) -> list[list[str]]:
    """Return the words of a text, each as its parts; of one without any, its signs."""
    folded = list(_folded(text))
    found = [parts for chunk in folded if (parts := PART.findall(chunk))]
    found = found or [[sign] for sign in signs_of(folded)]
    return [[part[:WORD_MAX] for part in parts] for parts in found]


def signs_of(folded: Iterable[str]) -> list[str]:
    """Return what stands for words where there are none: “!!!”, “÷”, a picture."""
    found = ("".join(filter(_is_sign, chunk)) for chunk in folded)
    return [sign for sign in found if sign]


def _is_sign(letter: str) -> bool:
    return letter in "!?" or unicodedata.category(letter).startswith("S")


def drawn(text: str) -> list[str]:
    """Return words with the letters that signs are drawn for in them: P!nk, Ke$ha."""
    if "$" not in text and "!" not in text:
        return []
    pairs = [(chunk, DRAWN_S.sub("s", DRAWN_I.sub("i", chunk))) for chunk in _folded(text)]
    return ["".join(PART.findall(it))[:WORD_MAX] for chunk, it in pairs if it != chunk]


def _folded(text: str) -> Iterator[str]:
    """Yield the words of a text as they are found, until they have so many letters together.

    Some letters are a whole sentence once folded, so what counts is what comes out.
    """
    letters = 0
    for word in text.split():
        for at in range(0, len(word), SLICE):
            if letters > LETTERS_MOST:
                return
            folded = fold(word[at : at + SLICE])
            letters += len(folded) + 1
            yield from folded.split()


def is_parted(parts: Sequence[str]) -> bool:
    """Tell whether these are parts of one word, and no letters that stand alone anyway."""
    return len(parts) > 1 and not any(re.match(rf"[{ALONE}]", part) for part in parts)


def quoted(word: str) -> str:
    """Return a word as PostgreSQL reads it in a tsquery or a tsvector."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


@dataclass
class Vector:
    """A tsvector in the making. Words of two texts are never neighbours."""

    places: dict[str, list[str]] = field(default_factory=dict)
    at: int = 1

    def add(self, text: str, weight: str) -> "Vector":
        """Add the words of a text."""
        for word in drawn(text):
            self._put(word, weight)
        for parts in chunks(text):
            if self.at > PLACES_MOST or len(self.places) > WORDS_MOST:
                return self
            if is_parted(parts):
                self._put("".join(parts)[:WORD_MAX], weight)
            for part in parts:
                self._put(part, weight)
                self.at += 1
        self.at += 1
        return self

    def mark(self, traits: Iterable[str]) -> "Vector":
        """Add what is no word, but found in the same way: `key=Am`."""
        for trait in traits:
            self.places.setdefault(trait, [])
        return self

    def _put(self, word: str, weight: str) -> None:
        places = self.places.setdefault(word, [])
        if len(places) < 200:  # PostgreSQL keeps 256 of one word
            places.append(f"{self.at}{weight}")

    def __str__(self) -> str:
        return " ".join(
            quoted(word) + (f":{','.join(places)}" if places else "")
            for word, places in self.places.items()
        )


def query_of(parts: Sequence[str], *, prefix: bool = True) -> str:
    """Return the tsquery for one word: whole or by its parts, and by its beginning."""
    star = ":*" if prefix else ""
    row = " <-> ".join([*map(quoted, parts[:-1]), quoted(parts[-1]) + star])
    if is_parted(parts):
        return f"({quoted(''.join(parts)[:WORD_MAX])}{star} | ({row}))"
    return f"({row})" if len(parts) > 1 else row


def phrase_of(text: str) -> str:
    """Return the tsquery for words that follow each other; empty where there are none."""
    parts = [part for chunk in chunks(text) for part in chunk]
    return f"({' <-> '.join(map(quoted, parts))})" if parts else ""


def variants_of(word: str) -> list[str]:
    """Return the word, and what remains of it without one of its letters.

    Two words that differ by one letter changed, added or left out, or by two letters exchanged,
    share one of these (Garbe's symmetric deletion). The words shared are then compared.
    """
    return sorted({word, *(word[:n] + word[n + 1 :] for n in range(len(word)))})


def is_one_edit(one: str, other: str) -> bool:
    """Tell whether one letter changed, added, left out or exchanged with the next makes the other.

    Optimal string alignment distance of at most 1.
    """
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), -1)
    if at < 0:
        return True
    left, right = one[at:], other[at:]
    if len(one) == len(other):
        exchanged = left[:2] == right[1::-1] and left[2:] == right[2:]
        return left[1:] == right[1:] or exchanged
    return left == right[1:] or left[1:] == right
