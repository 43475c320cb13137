"""Atom (RFC 4287), with its next page (RFC 5005, section 3) and licence (RFC 4946)."""

from xml.etree.ElementTree import Element, SubElement

from config.lib.xml import document, put
from tracks.feeds.formats.feed import Feed, Item
from tracks.feeds.formats.rss import ATOM

FILE, TYPE = "atom.xml", "application/atom+xml"


def write(feed: Feed) -> bytes:
    """Return the document."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    put(root, "id", f"urn:uuid:{feed.guid}")
    put(root, "title", feed.title)
    put(root, "subtitle", feed.summary)
    put(root, "updated", feed.updated.isoformat())
    put(root, "generator", "Nexus")
    _author(root, feed.by, feed.by_url)
    _link(root, "alternate", feed.page_url, "text/html")
    _link(root, "self", feed.at(FILE, feed.query), TYPE)
    if feed.next_query:
        _link(root, "next", feed.at(FILE, feed.next_query), TYPE)
    if feed.query:
        _link(root, "first", feed.at(FILE), TYPE)
    if feed.licence_url:
        _link(root, "license", feed.licence_url)
    if feed.cover_url:
        put(root, "logo", feed.cover_url)
    for item in feed.items:
        _entry(SubElement(root, "entry"), item)
    return document(root)


def _entry(node: Element, item: Item) -> None:
    put(node, "id", item.guid)
    put(node, "title", item.title)
    put(node, "published", item.moment.isoformat())
    put(node, "updated", max(item.moment, item.updated).isoformat())
    _author(node, item.by, item.by_url)
    _link(node, "alternate", item.url, "text/html")
    if item.sound:
        sound = item.sound
        _link(node, "enclosure", sound.url, sound.content_type, str(sound.size_bytes))
    elif item.stream_url:
        _link(node, "enclosure", item.stream_url, "application/vnd.apple.mpegurl")
    if item.licence_url:
        _link(node, "license", item.licence_url)
    for tag in item.tags:
        put(node, "category", term=tag)
    for person in item.people:
        contributor = SubElement(node, "contributor")
        put(contributor, "name", person.name)
        put(contributor, "uri", person.url)
    put(node, "summary", item.summary)
    if item.html:
        put(node, "content", item.html, type="html")


def _author(node: Element, name: str, url: str) -> None:
    author = SubElement(node, "author")
    put(author, "name", name)
    put(author, "uri", url)


def _link(node: Element, rel: str, href: str, kind: str = "", length: str = "") -> None:
    words = {"rel": rel, "href": href, "type": kind, "length": length}
    put(node, "link", **{name: word for name, word in words.items() if word})
