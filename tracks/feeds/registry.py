"""Chapters of a piece: this room asks, and upper apps that know moments of it answer.

What they give is for everybody: they are asked as by a visitor, of tracks that visitors may open.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from tracks.models import Track

MOST = 100  # chapters of one piece


@dataclass(frozen=True)
class Chapter:
    """A moment or a passage of the version that listeners get first, in ms, and its words."""

    at_ms: int
    until_ms: int | None
    title: str


@dataclass(frozen=True)
class Source:
    """Who knows chapters: which of these tracks have any (one query), and those of one."""

    having: Callable[[Iterable[UUID]], set[UUID]]
    of: Callable[[Track], list[Chapter]]


SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Let an app give chapters."""
    SOURCES.append(source)


def having(tracks: Iterable[UUID]) -> set[UUID]:
    """Return which of these tracks have chapters; one query for each source."""
    keys = list(tracks)
    return set().union(*(source.having(keys) for source in SOURCES)) if keys else set()


def chapters_of(track: Track) -> list[Chapter]:
    """Return up to a hundred chapters, in the order of time."""
    found = [chapter for source in SOURCES for chapter in source.of(track)]
    return sorted(found, key=lambda chapter: chapter.at_ms)[:MOST]
