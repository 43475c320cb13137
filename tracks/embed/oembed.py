"""oEmbed 1.0 (oembed.com): an address goes in, what a foreign page may show of it comes out."""

from io import BytesIO
from typing import Any
from urllib.parse import SplitResult, urlsplit
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import QueryDict
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from config.lib.origins import all_origins
from config.lib.problems import Problem
from tracks.collections import selectors as collecting
from tracks.embed.presenters import NOBODY, opened_track
from tracks.embed.sharing import THUMB_SIZE, WIDTH, Absolute, Shared, Thing, frame, shared
from tracks.former_slugs import thing_of
from tracks.models import Track

FORMATS = ("json", "xml")
PORTS = {"http": 80, "https": 443}
CACHE_SECONDS = 3600
NO_ATTRIBUTES = AttributesImpl({})
LARGEST = 10_000  # CSS pixels nobody's screen has


def answer(asked: dict[str, str], *, absolute: Absolute) -> tuple[str, dict[str, str | int]]:
    """Return the format and the members of the answer to a consumer's query.

    Raises a Problem: 400 for what cannot be read, 401 for what is not everybody's, 404 for what is
    not here, 501 for a format that is neither JSON nor XML.
    """
    form = asked.get("format") or "json"
    if form not in FORMATS:
        raise Problem("format-unknown", "Ask for format=json or format=xml.", status=501)
    if not asked.get("url"):
        raise Problem("url-missing", "Say which page to show: ?url=…")
    room = _most(asked, "maxwidth"), _most(asked, "maxheight")
    data = shared(find(asked["url"]), absolute)
    return form, _members(data, *room, absolute)


def find(url: str) -> Thing:
    """Return what the page or frame at this address of ours shows to everybody.

    Raises a Problem: 404 where nothing is, 401 where something is that not everybody may open.
    """
    places = {urlsplit(origin).netloc for origin in all_origins()}
    try:
        parts = urlsplit(url.strip())
        place = _place(parts)
        match = _resolved(parts.path)
    except (ValueError, Resolver404):
        raise _nothing() from None
    if place not in places or parts.scheme not in PORTS:
        raise _nothing()
    name, kwargs = match.url_name or "", match.kwargs
    kind, _, page = name.partition("-")
    if kind == "embed":
        kind, page = page, "embed"
    if kind not in {"track", *collecting.MODELS} or page not in {"detail", "unlisted", "embed"}:
        raise _nothing()
    named = {"detail": "slug", "unlisted": "token", "embed": "pk"}[page]
    value = next(iter(kwargs.values()))
    key = value if page == "unlisted" else _key_in(parts.query)
    if page == "detail" and (now := thing_of(kind, value)):
        named, value = "pk", now  # a slug that was given up, and belongs to nothing else
    return _opened(kind, {named: value}, key)


def _place(parts: SplitResult) -> str:
    """Return host and port as origins have them: in small letters, without the default port."""
    usual = parts.port is None or parts.port == PORTS.get(parts.scheme)
    host = parts.netloc.lower()
    return host.removesuffix(f":{parts.port}") if usual else host


def _resolved(path: str) -> ResolverMatch:
    """Find the page of a path, which people pass on without its last slash, too."""
    try:
        return resolve(path)
    except Resolver404:
        return resolve(f"{path}/")


def to_xml(members: dict[str, str | int]) -> bytes:
    """Write an answer as the XML of the standard, section 2.3.4."""
    out = BytesIO()
    xml = XMLGenerator(out, "utf-8", short_empty_elements=False)
    xml.startDocument()
    xml.startElement("oembed", NO_ATTRIBUTES)
    for name, value in members.items():
        xml.startElement(name, NO_ATTRIBUTES)
        xml.characters("".join(letter for letter in str(value) if _may_stand_in_xml(letter)))
        xml.endElement(name)
    xml.endElement("oembed")
    xml.endDocument()
    return out.getvalue()


def _opened(kind: str, named: dict[str, Any], key: str) -> Thing:
    if kind == "track":
        rows: Any = opened_track(key).select_related("owner")
        known: Any = Track.objects.all()
    else:
        rows, known = collecting.opened(kind, NOBODY, key), collecting.MODELS[kind].objects.all()
    found: Thing | None = rows.filter(**named).first()
    if found:
        return found
    # A key is never confirmed: who has a wrong one learns nothing.
    if "token" not in named and known.filter(**named).exists():
        raise Problem("not-public", "Its owner has not opened this to everybody.", status=401)
    raise _nothing()


def _members(
    data: Shared, most_width: int, most_height: int, absolute: Absolute
) -> dict[str, str | int]:
    width, height = min(WIDTH, most_width), min(data.height, most_height)
    members: dict[str, str | int] = {
        "version": "1.0",
        "type": "rich",
        "title": data.title,
        "author_name": data.by,
        "author_url": data.by_url,
        "provider_name": settings.SITE_NAME,
        "provider_url": absolute(reverse("home")),
        "cache_age": CACHE_SECONDS,
        # As wide as its place, so that it fits a phone, and no wider than it was asked for.
        "html": frame(data, "100%", height, most=width),
        "width": width,
        "height": height,
    }
    if min(most_width, most_height) < THUMB_SIZE:
        return members
    sides = {"thumbnail_width": THUMB_SIZE, "thumbnail_height": THUMB_SIZE}
    return members | {"thumbnail_url": data.thumb_url} | sides


def _most(asked: dict[str, str], name: str) -> int:
    """Return the most the consumer has room for, in CSS pixels. Raises a Problem."""
    text = asked.get(name, "")
    if not text:
        return LARGEST
    if not (text.isascii() and text.isdigit()) or int(text[:9]) == 0:
        raise Problem("size-unreadable", f"{name} must be a number of pixels above 0.")
    return min(LARGEST, int(text[:9]))


def _key_in(query: str) -> str:
    return QueryDict(query).get("key") or ""


def _may_stand_in_xml(letter: str) -> bool:
    """Tell whether XML 1.0 (section 2.2) has this letter at all."""
    return (
        letter in "\t\n\r" or " " <= letter <= "\ud7ff" or "\ue000" <= letter not in "\ufffe\uffff"
    )


def _nothing() -> Problem:
    return Problem("not-found", "There is no music of ours at this address.", status=404)
