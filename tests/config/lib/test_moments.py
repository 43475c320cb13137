"""Times somebody wrote become links to them, and nothing else does."""

import pytest

from config.lib.markdown import to_html
from config.lib.moments import with_moments


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("The choir enters at 1:23.", 83),
        ("(0:05)", 5),
        ("1:02:03 is late", 3723),
        ("from 2:10 on", 130),
        ("Listen: 12:34!", 754),
    ],
)
def test_a_time_is_a_link_to_its_moment(words: str, at: int) -> None:
    assert f'<a href="#t={at}" data-moment' in with_moments(to_html(words))


@pytest.mark.parametrize(
    "words",
    [
        "in 4:4 time",
        "1:234",
        "v1:23",
        "1:60",
        "12:34:5",
        "`1:23`",
        "[at 1:23](https://example.org)",
        "https://example.org/1:23",
        "a ratio of 3:1",
        "1:23.5",
    ],
)
def test_what_is_no_time_or_a_link_already_stays(words: str) -> None:
    html = to_html(words)
    assert with_moments(html) == html


def test_what_was_escaped_stays_so() -> None:
    html = with_moments(to_html('<b title="1:23">1:23</b> & "2:34"'))
    assert "<b" not in html
    assert 'href="#t=154"' in html
