"""What a page of another site links to and says, read in time that grows with its length alone.

Whatever a stranger's page holds, each byte is looked at a few times at most: parsers that build the
tree of a page take minutes for one made of nothing but open tags. Read as the HTML standard's
tokens (section 13.2.5), as far as it takes to tell a link from what only looks like one.
"""

import re
from dataclasses import dataclass, field
from html import unescape

# A whole tag, with quotes in which it does not end; never tried twice (possessive).
TAG = re.compile(
    rb"<(/?)([a-zA-Z][^\s/>]*+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>",
    re.DOTALL,
)
ATTRIBUTE = re.compile(
    rb"""(?<![^\s"'/])([^\s"'<>/=]++)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++)""",
    re.DOTALL,
)
ATTRIBUTES_MOST = 4096  # bytes of one tag
# What stands in these is no part of what people see and follow.
UNSEEN = {
    *(b"script", b"style", b"title", b"textarea", b"template", b"noscript"),
    *(b"xmp", b"iframe", b"noembed", b"noframes"),
}
LINKS = {b"a", b"link"}


@dataclass(frozen=True)
class Link:
    """Where a link leads, and the words of its `rel` in small letters."""

    href: str
    rel: frozenset[str]


@dataclass
class Page:
    """The links of a page in their order, and what can be read on it."""

    links: list[Link] = field(default_factory=list)
    text: str = ""


def read(page: bytes) -> Page:
    """Read a page, whatever it is; what is cut off inside a tag or a comment is left out."""
    found, said, at, small = Page(), list[bytes](), 0, page.lower()
    while (start := page.find(b"<", at)) >= 0:
        said.append(page[at:start])
        end, unseen = _after(page, start), b""
        if tag := TAG.match(page, start) if end is None else None:
            closes, name, rest = tag[1], tag[2].lower(), tag[3]
            if name in LINKS and not closes and (link := _link(rest)):
                found.links.append(link)
            unseen = b"" if closes or name not in UNSEEN else b"</" + name
            end = small.find(unseen, tag.end()) if unseen else tag.end()
        if end == start + 1:
            said.append(b"<")
        if end is None or end < 0:  # it never ends: nobody sees what follows
            at = len(page)
            break
        at = end
    said.append(page[at:])
    found.text = b"".join(said).decode("utf-8", "replace")
    return found


def _after(page: bytes, start: int) -> int | None:
    """Return where it goes on behind a `<` that begins no tag; -1 for never, None for a tag."""
    if page.startswith(b"<!--", start):
        end = page.find(b"-->", start + 4)
        return end + 3 if end >= 0 else -1
    sign = page[start + 1 : start + 2]
    if sign in {b"!", b"?"}:
        end = page.find(b">", start)
        return end + 1 if end >= 0 else -1
    return None if sign.isalpha() or sign == b"/" else start + 1


def _link(attributes: bytes) -> Link | None:
    if len(attributes) > ATTRIBUTES_MOST:
        return None
    said: dict[str, str] = {}
    for name, value in ATTRIBUTE.findall(attributes):
        plain = value.strip(value[:1]) if value[:1] in {b'"', b"'"} else value
        # The first of two counts, as it does for browsers.
        said.setdefault(
            name.decode("utf-8", "replace").lower(), unescape(plain.decode("utf-8", "replace"))
        )
    if "href" not in said:
        return None
    return Link(said["href"].strip(), frozenset(said.get("rel", "").lower().split()))
