"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from tracks.feeds.formats.feed import Feed, Item

VERSION = "https://jsonfeed.org/version/1.1"
FILE = "feed.json"


def write(feed: Feed) -> bytes:
    """Return the document."""
    members = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.at(FILE, feed.query),
        "next_url": feed.at(FILE, feed.next_query) if feed.next_query else "",
        "description": feed.summary,
        "icon": feed.cover_url,
        "authors": [{"name": feed.by, "url": feed.by_url}],
        "language": feed.language,
        "items": [_item(item) for item in feed.items],
    }
    return json.dumps(_said(members), ensure_ascii=False).encode()


def _item(item: Item) -> dict[str, Any]:
    members = {
        "id": item.guid,
        "url": item.url,
        "title": item.title,
        "image": item.cover_url,
        "summary": item.summary,
        "date_published": item.moment.isoformat(),
        "date_modified": max(item.moment, item.updated).isoformat(),
        "authors": [{"name": item.by, "url": item.by_url}],
        "tags": item.tags,
        "attachments": _attachments(item),
    }
    # One of the two must be there; HTML that is empty says nothing.
    content = {"content_html": item.html} if item.html else {"content_text": item.summary}
    return _said(members) | content


def _attachments(item: Item) -> list[dict[str, Any]]:
    seconds = round(item.duration_ms / 1000) if item.duration_ms else None
    found: list[tuple[str, str, int | None]] = []
    if item.sound:
        found.append((item.sound.url, item.sound.content_type, item.sound.size_bytes))
    elif item.stream_url:
        found.append((item.stream_url, "application/vnd.apple.mpegurl", None))
    return [
        _said(
            {"url": url, "mime_type": kind, "size_in_bytes": size, "duration_in_seconds": seconds}
        )
        for url, kind, size in found
    ]


def _said(members: dict[str, Any]) -> dict[str, Any]:
    """Return the members without those that say nothing; `items` must be there."""
    return {name: word for name, word in members.items() if word or name == "items"}
