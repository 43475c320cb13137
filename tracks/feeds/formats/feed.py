"""A feed as every format tells it: words, moments and whole addresses."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Sound:
    """The file of a piece: where it stays, its media type, and its length in bytes."""

    url: str
    content_type: str
    size_bytes: int


@dataclass(frozen=True)
class Person:
    """Somebody who made a piece: what they did, by the Podcast Taxonomy, and their page."""

    name: str
    url: str
    role: str
    group: str


@dataclass(frozen=True)
class Item:
    """One piece. `guid` never changes, whatever it is called; times are in UTC."""

    guid: str
    url: str
    title: str
    by: str
    by_url: str
    moment: datetime
    updated: datetime
    html: str
    summary: str
    cover_url: str
    duration_ms: int | None
    is_explicit: bool
    sound: Sound | None
    stream_url: str
    chapters_url: str
    licence: str
    licence_url: str
    isrc: str
    people: list[Person] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    place: int = 0  # on its release, from 1; 0 where the order says nothing
    disc: int = 0


@dataclass(frozen=True)
class Feed:
    """What is in a feed, newest first, or in the order of a release (`is_serial`).

    `address` is where its formats lie, with a slash at its end; `query` is that of this page of
    it, `next_query` that of the next one, empty on the last.
    """

    guid: str
    address: str
    page_url: str
    title: str
    by: str
    by_url: str
    html: str
    summary: str
    cover_url: str
    language: str
    site_name: str
    updated: datetime
    items: list[Item]
    is_serial: bool = False
    query: str = ""
    next_query: str = ""
    licence: str = ""
    licence_url: str = ""

    def at(self, file: str, query: str = "") -> str:
        """Return the whole address of one of its formats."""
        return f"{self.address}{file}{query}"

    @property
    def is_explicit(self) -> bool:
        """Tell whether anything in it is."""
        return any(item.is_explicit for item in self.items)
