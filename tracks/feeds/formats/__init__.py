"""The formats of feeds: each writes a `Feed` as bytes, and knows nothing of where it came from."""

from collections.abc import Callable
from dataclasses import dataclass

from tracks.feeds.formats import atom, json_feed, rss
from tracks.feeds.formats.feed import Feed


@dataclass(frozen=True)
class Format:
    """One format: its word in routes, its file below a feed's page, and its media type."""

    word: str
    name: str
    file: str
    content_type: str
    write: Callable[[Feed], bytes]


FORMATS = {
    "rss": Format("rss", "RSS", "rss.xml", "application/rss+xml", rss.write),
    "atom": Format("atom", "Atom", "atom.xml", "application/atom+xml", atom.write),
    "json": Format("json", "JSON Feed", "feed.json", "application/feed+json", json_feed.write),
}
