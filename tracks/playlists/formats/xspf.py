"""XSPF, version 1 (https://xspf.org/spec), read so that no file can make the reader work or fetch.

defusedxml refuses what XML can be made to do (declared entities, documents elsewhere) before any of
it is done.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from config.lib.xml import UNWRITABLE
from tracks.playlists.formats.lines import Line, Listed, Unreadable, guessed, listed, plain

NAMES = ("application/xspf+xml", "xspf")
SPACE = "http://xspf.org/ns/0/"
ISRC = re.compile(r"(?:isrc:|urn:isrc:|.*/isrc/)([A-Za-z0-9-]{12,15})", re.IGNORECASE)
LONGEST_MS = 24 * 3600 * 1000


def read(data: bytes) -> list[Line]:
    """Return the lines of a file. Raises Unreadable."""
    root = _root(data)
    if _name(root) != "playlist":
        raise Unreadable("This is XML, but no XSPF: it does not begin with a playlist.")
    if _space(root) not in {SPACE, ""}:
        raise Unreadable(f"This playlist is not of XSPF: its namespace is not {SPACE}.")
    tracks = (each for child in _named(root, "trackList") for each in _named(child, "track"))
    return listed([_line(track) for track in tracks])


def write(what: Listed) -> str:
    """Return the file of a list."""
    ElementTree.register_namespace("", SPACE)
    root = ElementTree.Element(f"{{{SPACE}}}playlist", {"version": "1"})
    _put(root, "title", what.title)
    _put(root, "info", what.address)
    tracks = ElementTree.SubElement(root, f"{{{SPACE}}}trackList")
    for line in what.lines:
        track = ElementTree.SubElement(tracks, f"{{{SPACE}}}track")
        _put(track, "location", line.location)
        _put(track, "identifier", f"urn:isrc:{line.isrc}" if line.isrc else "")
        _put(track, "title", line.title)
        _put(track, "creator", line.artist)
        _put(track, "duration", str(line.duration_ms or ""))
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _root(data: bytes) -> Any:
    try:
        return fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        sentence = "This file declares types or entities, which a playlist does not need."
        raise Unreadable(f"{sentence} It was not read.") from None
    except ElementTree.ParseError as error:
        line, _ = error.position
        raise Unreadable(f"This is not whole XML: it breaks off in line {line}.") from None
    except (LookupError, ValueError):
        raise Unreadable("This file names an encoding that nobody here can read.") from None


def _line(track: Any) -> Line:
    location = _said(track, "location")
    title, artist = _said(track, "title"), _said(track, "creator")
    if not title:
        named, title = guessed(location) if location else ("", "")
        artist = artist or named
    isrcs = (ISRC.fullmatch(word) for word in _texts(track, "identifier"))
    isrc = next((found[1] for found in isrcs if found), "")
    length = _said(track, "duration")
    is_length = length.isascii() and length.isdigit() and len(length) <= len(str(LONGEST_MS))
    return Line(
        location=location,
        title=title,
        artist=artist,
        duration_ms=int(length) or None if is_length else None,
        isrc=isrc.replace("-", "").upper(),
    )


def _named(parent: Any, name: str) -> Iterator[Any]:
    return (child for child in parent if _name(child) == name)


def _name(element: Any) -> str:
    """Return an element's name without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _space(element: Any) -> str:
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def _texts(track: Any, name: str) -> Iterator[str]:
    return (plain(child.text) for child in _named(track, name))


def _said(track: Any, name: str) -> str:
    return next(_texts(track, name), "")


def _put(parent: Any, name: str, text: str) -> None:
    if text:
        ElementTree.SubElement(parent, f"{{{SPACE}}}{name}").text = UNWRITABLE.sub("", text)
