"""What people wrote, shown safely."""

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.lib.markdown import ATTRIBUTES, LINK_REL, SCHEMES, TAGS, to_html


def test_what_markdown_means_is_kept() -> None:
    html = to_html("# Notes\n\n**bold** and *soft*\n\n- one\n- two\n\n[site](https://example.org)")
    assert "<h3>Notes</h3>" in html
    assert "<strong>bold</strong> and <em>soft</em>" in html
    assert "<li>one</li>" in html
    assert '<a href="https://example.org" rel="nofollow ugc noopener">site</a>' in html


def test_a_bare_address_is_a_link_and_nothing_else_is() -> None:
    html = to_html("Hear https://example.org/a?b=1&c=2. The mix.is done, ada@example.org; ftp://x")
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener">' in html
    assert html.count("<a ") == 1


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://spy.example/pixel.gif)",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        '[x](https://a.example "onmouseover=alert(1)")',
        "<style>*{display:none}</style>",
        "<iframe src=https://a.example></iframe>",
    ],
)
def test_nothing_that_acts_comes_through(source: str) -> None:
    html = to_html(source).lower()
    for forbidden in ("<script", "<img", "<iframe", "<style", 'href="javascript', 'href="data'):
        assert forbidden not in html


def test_html_is_shown_as_the_text_it_is() -> None:
    assert to_html("<b>loud</b>\n<i>x") == "<p>&lt;b&gt;loud&lt;/b&gt;<br>\n&lt;i&gt;x</p>\n"


def test_a_picture_from_elsewhere_is_a_link_and_not_fetched() -> None:
    html = to_html('![a "b" <c>](https://a.example/x.gif "t")')
    assert html.startswith('<p><a href="https://a.example/x.gif" rel="nofollow ugc noopener">')
    assert "&lt;c&gt;</a>" in html
    inner = to_html("[![alt](https://a.example/x.gif)](https://b.example)")
    assert inner.count("<a ") == 1
    assert ">alt</a>" in inner


@pytest.mark.parametrize(
    ("source", "address", "after"),
    [
        ("see https://a.example/x.", "https://a.example/x", "."),
        ("(https://a.example/b_(c))", "https://a.example/b_(c)", ")"),
        ("https://a.example/?a=1&b=2, so", "https://a.example/?a=1&amp;b=2", ","),
        ("HTTP://A.example!", "HTTP://A.example", "!"),
        ('"https://a.example"', "https://a.example", "&quot;"),
    ],
)
def test_an_address_ends_where_the_sentence_goes_on(source: str, address: str, after: str) -> None:
    html = to_html(source)
    assert f'<a href="{address}" rel="nofollow ugc noopener">{address}</a>' in html
    assert html.replace('"', "&quot;").partition("</a>")[2].startswith(after)


@pytest.mark.parametrize(
    "source",
    ["`https://a.example`", "    https://a.example", "xhttps://a.b", "https://", "http://!"],
)
def test_what_is_no_address_or_code_is_no_link(source: str) -> None:
    assert "<a " not in to_html(source)


def test_quotes_are_nested_as_deep_as_anybody_nests_them() -> None:
    html = to_html(">" * 500 + " deep")
    assert html.count("<blockquote>") == 32
    assert "&gt; deep" in html


@pytest.mark.parametrize("source", ["-" * 80, "* " * 3, "=" * 80 + "\nx"])
def test_rulers_are_no_deep_lists(source: str) -> None:
    assert "\\" not in to_html(source)


HOSTILE = [
    "https://a.example/",
    "<img src=x>",
    "![",
    "](",
    '"',
    "'",
    "<",
    ">",
    "&lt;",
    "javascript:",
    "`",
    "[x]",
    "(",
    ")",
]


@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=4), max_size=12).map("".join))
def test_the_last_pass_adds_nothing_that_the_sanitiser_would_take_away(source: str) -> None:
    html = to_html(source)
    allowed = TAGS - {"img", "h1", "h2"}
    again = nh3.clean(
        html, tags=allowed, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=LINK_REL
    )
    # In a text, a quotation mark may be written either way.
    assert again.replace("&quot;", '"') == html.replace("&quot;", '"')


@given(st.text(max_size=200))
def test_any_text_is_safe(source: str) -> None:
    html = to_html(source)
    assert "<script" not in html.lower()
    assert isinstance(html, str)


def test_no_words_are_no_html() -> None:
    assert to_html(" \n") == ""
