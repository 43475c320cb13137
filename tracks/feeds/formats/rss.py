"""RSS 2.0 with what podcast players read: iTunes' tags and the namespace of Podcasting 2.0.

Sources: https://www.rssboard.org/rss-specification, https://podcasting2.org/podcast-namespace.
"""

from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement

from config.lib.xml import document, put
from tracks.feeds.formats.feed import Feed, Item

ATOM = "http://www.w3.org/2005/Atom"
# Names are written with their prefix: the library's own table of prefixes is one for all threads.
SPACES = {
    "atom": ATOM,
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}
FILE, TYPE = "rss.xml", "application/rss+xml"
HLS = "application/x-mpegURL"  # as the namespace's own examples write it


def write(feed: Feed) -> bytes:
    """Return the document."""
    spaces = {f"xmlns:{prefix}": space for prefix, space in SPACES.items()}
    root = Element("rss", {"version": "2.0", **spaces})
    channel = SubElement(root, "channel")
    _head(channel, feed)
    for item in feed.items:
        _item(SubElement(channel, "item"), item, feed)
    return document(root)


def _head(channel: Element, feed: Feed) -> None:
    put(channel, "title", feed.title)
    put(channel, "link", feed.page_url)
    put(channel, "description", feed.summary)
    put(channel, "language", feed.language)
    put(channel, "generator", "Nexus")
    put(channel, "lastBuildDate", format_datetime(feed.updated))
    put(channel, "atom:link", rel="self", type=TYPE, href=feed.at(FILE, feed.query))
    if feed.next_query:
        following = feed.at(FILE, feed.next_query)
        put(channel, "atom:link", rel="next", type=TYPE, href=following)
    put(channel, "itunes:author", feed.by)
    put(channel, "itunes:type", "serial" if feed.is_serial else "episodic")
    put(channel, "itunes:explicit", _yes(feed.is_explicit))
    put(channel, "itunes:category", text="Music")
    put(channel, "podcast:guid", feed.guid)
    put(channel, "podcast:medium", "music")
    _licence(channel, feed.licence, feed.licence_url)
    if feed.cover_url:
        put(channel, "itunes:image", href=feed.cover_url)
        image = SubElement(channel, "image")
        put(image, "url", feed.cover_url)
        put(image, "title", feed.title)
        put(image, "link", feed.page_url)


def _item(node: Element, item: Item, feed: Feed) -> None:
    put(node, "title", item.title)
    put(node, "link", item.url)
    put(node, "guid", item.guid, isPermaLink="false")
    put(node, "pubDate", format_datetime(item.moment))
    put(node, "dc:creator", item.by)
    if item.html:
        put(node, "description", item.summary)
        put(node, "content:encoded", item.html)
    if item.sound:
        size = str(item.sound.size_bytes)
        put(node, "enclosure", url=item.sound.url, length=size, type=item.sound.content_type)
    for tag in item.tags:
        put(node, "category", tag)
    _itunes(node, item, feed)
    _podcast(node, item)


def _itunes(node: Element, item: Item, feed: Feed) -> None:
    put(node, "itunes:author", item.by)
    put(node, "itunes:explicit", _yes(item.is_explicit))
    if item.duration_ms:
        put(node, "itunes:duration", str(round(item.duration_ms / 1000)))
    if item.cover_url:
        put(node, "itunes:image", href=item.cover_url)
    if feed.is_serial and item.place:
        put(node, "itunes:episodeType", "full")
        put(node, "itunes:season", str(item.disc))
        put(node, "itunes:episode", str(item.place))


def _podcast(node: Element, item: Item) -> None:
    for person in item.people:
        words = {"role": person.role, "group": person.group, "href": person.url}
        put(node, "podcast:person", person.name, **words)
    if item.chapters_url:
        kind = "application/json+chapters"
        put(node, "podcast:chapters", url=item.chapters_url, type=kind)
    _licence(node, item.licence, item.licence_url)
    if item.stream_url:
        name = "podcast:alternateEnclosure"
        is_default = _yes(item.sound is None)
        stream = SubElement(node, name, {"type": HLS, "title": "Stream", "default": is_default})
        put(stream, "podcast:source", uri=item.stream_url)


def _licence(node: Element, code: str, url: str) -> None:
    if url:
        put(node, "podcast:license", code, url=url)


def _yes(truth: bool) -> str:
    return "true" if truth else "false"
