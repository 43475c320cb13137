"""Byte ranges, RFC 9110."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.delivery.ranges import Span, UnsatisfiableError, parse


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("bytes=0-99", Span(0, 100)),
        ("bytes=0-", Span(0, 1000)),
        ("bytes=990-2000", Span(990, 1000)),
        ("bytes=-10", Span(990, 1000)),
        ("bytes=-5000", Span(0, 1000)),
        ("Bytes = 1-1", Span(1, 2)),
    ],
)
def test_one_range_is_answered(header: str, wanted: Span) -> None:
    assert parse(header, 1000) == wanted


@pytest.mark.parametrize("header", ["", "bytes=-", "items=0-1", "bytes=5-4", "bytes=0-1,5-6", "x"])
def test_what_is_no_single_range_means_the_whole(header: str) -> None:
    assert parse(header, 1000) is None


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-2000", "bytes=-0"])
def test_behind_the_end_is_unsatisfiable(header: str) -> None:
    with pytest.raises(UnsatisfiableError):
        parse(header, 1000)


def test_an_empty_file_has_no_range() -> None:
    with pytest.raises(UnsatisfiableError):
        parse("bytes=0-", 0)


@given(st.text(max_size=40), st.integers(0, 10**12))
def test_no_header_breaks_it(text: str, size: int) -> None:
    try:
        span = parse("bytes=" + text, size)
    except UnsatisfiableError:
        return
    assert span is None or 0 <= span.start < span.end <= size
