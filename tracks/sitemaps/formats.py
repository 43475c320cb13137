"""The protocol of sitemaps (https://www.sitemaps.org/protocol.html)."""

from collections.abc import Iterable
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement

from config.lib.xml import document, put

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def index(addresses: Iterable[str]) -> bytes:
    """Return the list of sitemaps."""
    root = Element("sitemapindex", {"xmlns": SPACE})
    for address in addresses:
        put(SubElement(root, "sitemap"), "loc", address)
    return document(root)


def sitemap(pages: Iterable[tuple[str, datetime | None]]) -> bytes:
    """Return one sitemap of whole addresses, each with when it changed."""
    root = Element("urlset", {"xmlns": SPACE})
    for address, changed in pages:
        page = SubElement(root, "url")
        put(page, "loc", address)
        if changed:
            put(page, "lastmod", changed.isoformat(timespec="seconds"))
    return document(root)


def robots(sitemap_address: str, closed: Iterable[str], refused: Iterable[str] = ()) -> str:
    """Return robots.txt (RFC 9309): everything may be read but the paths that lead to nothing.

    Crawlers that are `refused` read nothing.
    """
    turned_away = [f"User-agent: {name}" for name in refused]
    lines = [*turned_away, "Disallow: /", ""] if turned_away else []
    lines += ["User-agent: *", *(f"Disallow: {path}" for path in closed), "Allow: /", ""]
    return "\n".join([*lines, f"Sitemap: {sitemap_address}", ""])
