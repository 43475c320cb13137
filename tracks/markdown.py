"""What people wrote, made safe to show. The one place where such text becomes HTML."""

import functools

import nh3
from django.utils.safestring import SafeString, mark_safe
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

TAGS = {"p", "br", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"}
TAGS |= {"h3", "h4", "h5", "h6"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
LINK_REL = "nofollow ugc noopener"
LARGEST_HEADING = 3  # the page has its own h1 and h2


@functools.lru_cache(512)
def to_html(source: str) -> SafeString:
    """Return sanitised HTML for Markdown that anybody may have written.

    HTML in the source is shown as text; images and scripts never come through; links, and bare
    addresses become links, carry `rel="nofollow ugc noopener"`.
    """
    if not source.strip():
        return SafeString("")
    rendered = _parser().render(source)
    clean = nh3.clean(
        rendered, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=LINK_REL
    )
    return mark_safe(clean)  # noqa: S308 - nh3 has just cleaned it


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": True})
    parser.enable(["strikethrough", "linkify"]).disable("image")
    parser.linkify = _addresses()
    parser.core.ruler.push("lower_headings", _lower_headings)
    return parser


def _addresses() -> LinkifyIt:
    """Find addresses that begin with their scheme: "the mix.is done" names no site of Iceland."""
    found = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False})
    return found.add("ftp:", None).add("//", None)


def _lower_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            level = min(6, int(token.tag[1]) + LARGEST_HEADING - 1)
            token.tag = f"h{level}"
