"""The last pass over sanitised HTML: bare addresses and pictures become links, headings smaller.

Only addresses that begin with their scheme are found: "the mix.is done" names no site of Iceland.
"""

import re
from html import escape, unescape

LARGEST_HEADING = 3  # the page has its own h1 and h2
ADDRESS_MOST = 2000  # characters of one address; no browser takes more for sure
# A tag, with its quoted attributes, or the text up to the next one: each letter is looked at once.
PIECES = re.compile(r'<(/?)([a-z0-9]+)([^<>"]*(?:"[^"]*"[^<>"]*)*)>|[^<]+|<')
# In text as nh3 writes it: & < > are entities, and of these only & belongs to an address.
ADDRESS = re.compile(rf'(?<![\w/])https?://(?=[\w\[])(?:[^\s<>&"]|&amp;){{1,{ADDRESS_MOST}}}', re.I)
ATTRIBUTE = re.compile(r'\b(src|alt)="([^"]*)"')
VOID = {"br", "hr", "img"}
SILENT = {"a", "code", "pre"}  # no address within these becomes a link
PAIRS = {")": "(", "]": "[", "}": "{"}
AFTER = ".,:;!?'*_~"


def linked(html: str, rel: str) -> str:
    """Return sanitised HTML with its addresses as links. The result is as safe as `html`."""

    def link(found: re.Match[str]) -> str:
        address, after = _without_punctuation(found[0])
        return f'<a href="{address}" rel="{rel}">{address}</a>{after}'

    pieces: list[str] = []
    open_silent: list[str] = []
    depth = 0
    for found in PIECES.finditer(html):
        closing, name, rest = found[1], found[2], found[3]
        if name is None:
            text = found[0] if open_silent else ADDRESS.sub(link, found[0])
            pieces.append(text if depth else _paragraph(text))
            continue
        depth += 0 if name in VOID else -1 if closing else 1
        if name == "img":
            pieces.append(_picture(rest, rel, within_link="a" in open_silent))
        elif name[0] == "h" and name[1:].isdecimal():
            level = min(6, int(name[1:]) + LARGEST_HEADING - 1)
            pieces.append(f"<{closing}h{level}{rest}>")
        else:
            if name in SILENT and closing:
                open_silent.pop()
            elif name in SILENT:
                open_silent.append(name)
            pieces.append(found[0])
    return "".join(pieces)


def _paragraph(text: str) -> str:
    """Return text outside every block, which HTML shown as text is, as a block of its own."""
    words = text.strip()
    return f"<p>{words.replace(chr(10), '<br>' + chr(10))}</p>\n" if words else text


def _without_punctuation(address: str) -> tuple[str, str]:
    """Part an address from what follows it; a closing bracket stays where one was opened in it."""
    spare = {shut: address.count(shut) - address.count(opened) for shut, opened in PAIRS.items()}
    end = len(address)
    while end and (address[end - 1] in AFTER or spare.get(address[end - 1], 0) > 0):
        if address.endswith("&amp;", 0, end):
            break  # the mark of an entity, and no punctuation
        spare[address[end - 1]] = spare.get(address[end - 1], 0) - 1
        end -= 1
    return address[:end], address[end:]


def _picture(attributes: str, rel: str, *, within_link: bool) -> str:
    """Return a link to a picture, which Nexus would not fetch from elsewhere; its words alone where
    there is a link around it already."""
    given = {name: unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
    address = given.get("src", "")
    words = escape(given.get("alt") or address)
    if within_link or not address:
        return words
    return f'<a href="{escape(address)}" rel="{rel}">{words}</a>'
