"""What people wrote, made safe to show. The one place where such text becomes HTML.

Whatever it says, this takes time that grows with its length and no faster: comrak and nh3 are
compiled and linear, but for quotes in quotes, whose depth is bounded here; what is added in Python
is one pass of expressions that never go back.
"""

import functools
import re
from html import unescape

import comrak
import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from config.lib.links import linked

TAGS = {"p", "br", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"}
TAGS |= {"h1", "h2", "h3", "h4", "h5", "h6", "img"}  # the last two become others in `linked`
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "img": {"src", "alt"}}
SCHEMES = {"http", "https", "mailto"}
LINK_REL = "nofollow ugc noopener"
# Marks of quotes and lists in a row at the start of a line; the sanitiser walks up the whole depth
# for every tag. Nobody quotes so deeply.
DEEP = re.compile(r"^((?:[ \t]{0,4}(?:>|[-+*][ \t]|[0-9]{1,9}[.)][ \t])){32})", re.MULTILINE)


@functools.lru_cache(512)
def to_html(source: str) -> SafeString:
    """Return sanitised HTML for Markdown that anybody may have written.

    HTML in the source is shown as text; scripts never come through and pictures become links;
    links, and bare addresses become links, carry `rel="nofollow ugc noopener"`.
    """
    if not source.strip():
        return SafeString("")
    extension, render = _options()
    rendered = comrak.render_markdown(
        DEEP.sub(r"\1\\", source), extension_options=extension, render_options=render
    )
    clean = nh3.clean(
        rendered, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=LINK_REL
    )
    # nh3 has just cleaned it, and `linked` adds only tags of its own around what is escaped.
    return mark_safe(linked(clean, LINK_REL))  # noqa: S308


@functools.cache
def _options() -> tuple[comrak.ExtensionOptions, comrak.RenderOptions]:
    extension = comrak.ExtensionOptions()
    extension.strikethrough = True
    render = comrak.RenderOptions()
    render.escape = True  # HTML in the source is text
    render.unsafe_ = True  # addresses are the sanitiser's to judge: comrak would leave empty links
    render.hardbreaks = True
    return extension, render


def excerpt(text: str, most: int) -> str:
    """Return the beginning of what a text says, on one line, without its marks.

    It ends with a whole word and an ellipsis where more would follow.
    """
    words = " ".join(unescape(strip_tags(to_html(text))).split()) if text else ""
    if len(words) <= most:
        return words
    return f"{words[:most].rsplit(' ', 1)[0].rstrip(' ,;:')}…"
