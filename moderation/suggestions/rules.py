"""How words are compared, and what counts as a link to elsewhere; each in bounded time."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

TEXT_MOST = 20_000  # characters of one text that are looked at
PHRASE_WORDS = 6
MARKS_MOST = 8  # in a row
NOTHING = {"Mn", "Me", "Cf"}  # accents, and what has no width: they hide nothing
# Each letter is looked at once: what may come before the dot of a host never goes back.
ADDRESS = re.compile(r"(?:https?://|\bwww\.)([\w.\-]{1,253})", re.IGNORECASE)
LINKS_MOST = 20


def folded(text: str) -> list[str]:
    """Return the words of a text as they are compared: without case, accents and marks."""
    thin = "".join(_thinned(text[:TEXT_MOST]))
    wide = unicodedata.normalize("NFKD", thin)[:TEXT_MOST].casefold()
    letters = (_letter(character) for character in unicodedata.normalize("NFKD", wide))
    return "".join(letters)[:TEXT_MOST].split()


def _thinned(text: str) -> Iterator[str]:
    """Leave out what stands upon a letter beyond all scripts: to sort marks takes their square."""
    run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character) in NOTHING else 0
        if run <= MARKS_MOST:
            yield character


def _letter(character: str) -> str:
    if character.isalnum():
        return character
    return "" if unicodedata.category(character) in NOTHING else " "


def found_in(text: str, phrases: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Return which of these folded phrases stand in a text as whole words.

    The time grows with the words of the text, and not with how many phrases there are.
    """
    wanted = set(phrases)
    lengths = sorted({len(phrase) for phrase in wanted})
    words = folded(text)
    return {
        part
        for start in range(len(words))
        for length in lengths
        if (part := tuple(words[start : start + length])) in wanted
    }


def outside_hosts(text: str, own: str) -> list[str]:
    """Return the hosts that a text leads to, each once, but our own."""
    hosts: dict[str, None] = {}
    for match in ADDRESS.finditer(text[:TEXT_MOST]):
        host = match[1].lower().strip(".").removeprefix("www.")
        if host and host != own.removeprefix("www."):
            hosts[host] = None
        if len(hosts) >= LINKS_MOST:
            break
    return list(hosts)
