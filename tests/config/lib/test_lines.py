"""Names and titles as people meant them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.lib.lines import is_seen, one_line

PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
SINGER = "\U0001f469\u200d\U0001f3a4"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize("text", [
    PERSIAN, SINGER, SCOTLAND, "\U0001fae8", "R.E.M.", "❤️", "שלום\u200f!", "4:33", "—",
])  # fmt: skip
def test_what_a_person_meant_stays(text: str) -> None:
    assert one_line(text) == text


@pytest.mark.parametrize(("text", "line"), [
    ("a\nb", "a b"),
    ("a\r\n\tb\u2028c\u00a0 d", "a b c d"),
    ("a\u202egnp", "agnp"),
    ("a\u200bb\ufeffc\u2060", "abc"),
    ("a\x00\x07b\ud800\uffff", "ab"),
    ("e\u0301", "é"),
    ("  ", ""),
])  # fmt: skip
def test_what_nobody_sees_goes_and_a_break_is_a_blank(text: str, line: str) -> None:
    assert one_line(text) == line


@pytest.mark.parametrize("text", [
    "\u200b\u2060", "\u200d",
    "\u3164", "\u2800", "\u115f\u1160", "\u0301", "\U000e0067", "\ufe0f", "\u00ad",
])  # fmt: skip
def test_what_has_no_ink_is_nothing(text: str) -> None:
    assert one_line(text) == ""
    assert not is_seen(text)


@given(st.text())
def test_a_line_is_one_and_stays_as_it_is(text: str) -> None:
    line = one_line(text)
    assert line == one_line(line)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()
    line.encode()
