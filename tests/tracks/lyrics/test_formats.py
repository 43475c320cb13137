"""LRC as people have it, and text that is none."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracks.lyrics import formats
from tracks.lyrics.formats import Line


def timed(text: str) -> list[tuple[int | None, str]]:
    sung = formats.read(text)
    assert sung.is_timed
    return [(line.at_ms, line.text) for line in sung.lines]


@pytest.mark.parametrize(
    ("stamp", "at_ms"),
    [
        ("[00:12]", 12_000),
        ("[00:12.5]", 12_500),
        ("[00:12.34]", 12_340),
        ("[00:12.345]", 12_345),
        ("[00:12:34]", 12_340),
        ("[1:02.00]", 62_000),
        ("[123:00.00]", 7_380_000),
    ],
)
def test_a_time_is_read_in_every_usual_way(stamp: str, at_ms: int) -> None:
    assert timed(f"{stamp} Words ") == [(at_ms, "Words")]


def test_a_line_with_several_times_is_sung_again() -> None:
    text = "[00:30.00][00:10.00] Chorus\n[00:20.00]Verse"
    assert timed(text) == [(10_000, "Chorus"), (20_000, "Verse"), (30_000, "Chorus")]


def test_tags_are_not_sung_and_an_offset_moves_all() -> None:
    text = "\ufeff[ar: Somebody]\r\n[offset: +500]\r\n[00:10.00]A\r\n[00:00.10]B"
    assert timed(text) == [(0, "B"), (9_500, "A")]
    assert timed("[offset:-250]\n[00:01.00]A") == [(1_250, "A")]


def test_times_of_words_are_left_out_and_a_rest_is_an_empty_line() -> None:
    assert timed("[00:01.00]<00:01.10>One <00:01.50>two\n[00:03.00]") == [
        (1_000, "One two"),
        (3_000, ""),
    ]


def test_a_line_without_a_time_goes_with_the_one_before() -> None:
    assert timed("[00:02.00]One\n(softly)") == [(2_000, "One"), (2_000, "(softly)")]


def test_plain_text_keeps_its_lines_and_its_brackets() -> None:
    sung = formats.read("\n[Chorus]\nLa la\n\nשלום\n\n")
    assert not sung.is_timed
    assert [line.text for line in sung.lines] == ["[Chorus]", "La la", "", "שלום"]
    assert {line.at_ms for line in sung.lines} == {None}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[00:01.00]A\n[00:75.00]B", "Line 2: [00:75.00] is no time"),
        ("[00:01.00][1:2:3:4]A", "Line 1: [1:2:3:4] is no time"),
        ("[12]A", "Line 1: [12] is no time"),
        ("x\n" * 10_001, "at most 10,000 lines"),
        ("[00:01]" * 10_001 + "A", "at most 10,000 lines"),
        ("x" * 100_001, "at most 100,000 characters"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        formats.read(text)


def test_a_text_that_claims_to_be_lrc_has_times() -> None:
    with pytest.raises(ValueError, match="no time in this LRC"):
        formats.read("Only words", claims_times=True)
    assert formats.read("Only words").lines == [Line("Only words")]


@given(st.text(alphabet="[]:0123456789.<> \nab-", max_size=300))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    with suppress(ValueError):
        times = [line.at_ms for line in formats.read(text).lines if line.at_ms is not None]
        assert times == sorted(times)
        assert all(time >= 0 for time in times)
