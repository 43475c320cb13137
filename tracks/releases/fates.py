"""What becomes of the pieces of a release when everybody may open it, said before it is done."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

NAMED_MOST = 8  # titles in one sentence


class Piece(NamedTuple):
    """One piece as far as its fate hangs on it.

    It `waits` while its hour is to come; with `opens_with` that is the hour of the release.
    """

    pk: Any
    title: str
    visibility: str
    waits: bool = False
    opens_with: bool = False


@dataclass(frozen=True)
class Fate:
    """What becomes of some pieces, as a sentence, and their titles."""

    sentence: str
    titles: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class Fates:
    """All sentences, how many pieces open, and a mark that changes when what is said does."""

    said: tuple[Fate, ...]
    opening: int
    staying: int
    mark: str

    @property
    def done(self) -> str:
        """Say in the past what was promised; empty where all are public anyway."""
        words = []
        if self.opening:
            words.append(f"{_tracks(self.opening)} opened with it.")
        if self.staying:
            words.append(f"{_tracks(self.staying)} stayed unlisted.")
        return " ".join(words)


def fates(pieces: Iterable[Piece]) -> Fates:
    """Return what becomes of these pieces of a release, in their order.

    `tracks.visibility.services.opening.open_pieces` does it: private ones open with it, others
    stay as they are.
    """
    listed = list(pieces)
    waiting = [one for one in listed if one.visibility == "public" and one.waits]
    closed = [one for one in listed if one.visibility == "private"]
    opening = closed + [one for one in waiting if one.opens_with]
    unlisted = [one for one in listed if one.visibility == "unlisted"]
    own_hour = [one for one in waiting if not one.opens_with]
    rest = len(listed) - len(opening) - len(unlisted) - len(own_hour)
    said = [
        _fate(opening, "becomes public with it", "become public with it"),
        _fate(
            unlisted,
            "stays unlisted: whoever has its link hears it, and the release does not show it",
            "stay unlisted: whoever has their links hears them, and the release does not show them",
        ),
        _fate(own_hour, "comes out at an hour of its own", "come out at hours of their own"),
    ]
    if rest:
        said.append(Fate(f"{_tracks(rest)} {'is' if rest == 1 else 'are'} public already.", (), 0))
    parts = [sorted(str(one.pk) for one in part) for part in (opening, unlisted, own_hour)]
    mark = hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
    return Fates(tuple(filter(None, said)), len(opening), len(unlisted), mark)


def _fate(pieces: list[Piece], one: str, many: str) -> Fate | None:
    if not pieces:
        return None
    titles = tuple(piece.title for piece in pieces[:NAMED_MOST])
    sentence = f"{_tracks(len(pieces))} {one if len(pieces) == 1 else many}"
    return Fate(sentence, titles, len(pieces) - len(titles))


def _tracks(count: int) -> str:
    return f"{count} track{'' if count == 1 else 's'}"
