"""How traits stand among a document's words: `trait=value`, which no text can contain.

What can be asked for by a trait is one word of the index, so that words and traits are found by one
look into it.
"""

from collections.abc import Iterable, Iterator

from tracks.criteria import music_keys
from tracks.search import words

CODECS = {"vorbis": "ogg", "opus": "opus", "flac": "flac", "mp3": "mp3", "aac": "aac"}
LOSSLESS = {"flac", "alac", "wav", "aiff"}


def one(trait: str, value: str) -> str:
    """Return the word of a trait."""
    return f"{trait}={value}"


def key(name: str) -> str:
    """Return the word of a key of music, whichever way it is spelled."""
    return one("key", music_keys.one_name(name))


def codec(name: str, container: str) -> str:
    """Return the word of what an original's sound is coded as."""
    plain = ("aiff" if container == "aiff" else "wav") if name.startswith("pcm_") else name
    return one("codec", CODECS.get(plain, plain))


def by(makers: Iterable[str]) -> Iterator[str]:
    """Return the words of everybody who made it."""
    for maker in makers:
        for parts in words.chunks(maker):
            yield from (one("by", part) for part in parts)
            if words.is_parted(parts):
                yield one("by", "".join(parts))
        yield from (one("by", word) for word in words.drawn(maker))
