"""One axis of time for two versions: what both have stands above each other, bar by bar."""

from collections.abc import Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """A stretch of one version on the axis; all in ms."""

    at: int
    begins: int
    length: int

    def own_time(self, at: float) -> float:
        """Return the version's own time at a moment of the axis."""
        return self.begins + at - self.at


class Axis(NamedTuple):
    """Where each version's pieces stand, and how long it all is."""

    a: list[Piece]
    b: list[Piece]
    span: int


def by_second(length_a: int, length_b: int) -> Axis:
    """Return the axis on which both begin together and run as they are."""
    return Axis([Piece(0, 0, length_a)], [Piece(0, 0, length_b)], max(1, length_a, length_b))


def by_bar(passages: Sequence[Sequence[int]], length_a: int, length_b: int) -> Axis:
    """Return the axis of the passages ([start, end, offset] of `a`) and what lies between them.

    Where one version has something of its own, the other one waits.
    """
    a: list[Piece] = []
    b: list[Piece] = []
    at = place_a = place_b = 0
    for start, end, offset in [*passages, (length_a, length_a, length_b - length_a)]:
        alone_a, alone_b = max(0, start - place_a), max(0, start + offset - place_b)
        if alone_a:
            a.append(Piece(at, place_a, alone_a))
            at += alone_a
        if alone_b:
            b.append(Piece(at, place_b, alone_b))
            at += alone_b
        length = min(end, length_a) - start
        if length > 0:
            a.append(Piece(at, start, length))
            b.append(Piece(at, start + offset, length))
            at += length
        place_a, place_b = max(place_a, end), max(place_b, end + offset)
    return Axis(a, b, max(1, at))


def own_time(pieces: Sequence[Piece], at: float) -> float | None:
    """Return the version's own time at a moment of the axis; None where it waits."""
    for piece in pieces:
        if piece.at <= at < piece.at + piece.length:
            return piece.own_time(at)
    return None
