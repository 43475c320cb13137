"""What people wrote, shown safely."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracks.markdown import to_html


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


@given(st.text(max_size=200))
def test_any_text_is_safe(source: str) -> None:
    html = to_html(source)
    assert "<script" not in html.lower()
    assert isinstance(html, str)


def test_no_words_are_no_html() -> None:
    assert to_html(" \n") == ""
