"""What people write into the search, read into words and chips."""

import time
from urllib.parse import parse_qs

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.indexing import index
from tracks.search.facets import NAMES
from tracks.search.grammar import CHIPS_MOST, Wanted, read

WRITTEN = st.lists(
    st.one_of(
        st.sampled_from([f"{name}:" for name in (*NAMES, "type", "not")]),
        st.sampled_from(['"', "-", "..", ":", " ", "bpm:120..128", "key:8A", "has:stems", "\x00"]),
        st.text(max_size=8),
    ),
    max_size=30,
).map("".join)


def chips(text: str) -> list[tuple[str, str]]:
    return [chip.pair for chip in read({"q": [text]}).chips]


def test_operators_become_chips_and_words_remain() -> None:
    wanted = read({"q": ['by:anna bpm:120..128 -live "night train" has:stems slow']})
    assert wanted.text == '"night train" slow'
    assert [chip.pair for chip in wanted.chips] == [
        *(("by", "anna"), ("bpm", "120..128"), ("not", "live"), ("has", "stems")),
    ]
    assert wanted.problems == ()


@pytest.mark.parametrize(("written", "pair"), [
    ("bpm:120", ("bpm", "120")),
    ("bpm:..90", ("bpm", "..90")),
    ("bpm:128,5..", ("bpm", "128.5..")),
    ("key:am", ("key", "8A")),
    ("key:8a", ("key", "8A")),
    ("key:F#m", ("key", "11A")),
    ("year:1990..1999", ("year", "1990..1999")),
    ("before:2020", ("before", "2020-01-01")),
    ("after:2020-02-29", ("after", "2020-02-29")),
    ("length:2:00..4:30", ("length", "2:00..4:30")),
    ("length:90", ("length", "1:30")),
    ("licence:cc-by", ("licence", "cc-by-4.0")),
    ("tag:#Hip-Hop", ("tag", "hip-hop")),
    ('by:"Anna K."', ("by", "anna k")),
    ("-tag:live", ("tag", "-live")),
    ("codec:FLAC", ("codec", "flac")),
])  # fmt: skip
def test_values_have_one_spelling(written: str, pair: tuple[str, str]) -> None:
    assert chips(written) == [pair]
    assert [chip.pair for chip in read({pair[0]: [pair[1]]}).chips] == [pair]


@pytest.mark.parametrize(("written", "sentence"), [
    ("bpm:9..1", "bpm: Write a tempo in beats a minute"),
    ("bpm:128..120", "bpm: 128 is more than 120"),
    ("bpm:", "bpm: Write something behind it, such as bpm:120..128."),
    ("key:H", "key: Write a key"),
    ("year:12", "year: Write a year"),
    ("before:2020-13-01", "before: Write a year or a day"),
    ("has:nothing", "has: Write one of stems, lyrics, download."),
    ("length:x", "length: Write a length"),
    ("licence:mine", "licence: Write one of cc"),
    ("tag:##", "tag:"),
    ("by:" + "x" * 200, "by: This is too long."),
])  # fmt: skip
def test_what_cannot_be_read_is_told(written: str, sentence: str) -> None:
    (problem,) = read({"q": [f"rain {written}"]}).problems
    assert problem.startswith(sentence)


def test_a_thousand_chips_are_too_many() -> None:
    wanted = read({"q": [" ".join(f"tag:t{n}" for n in range(60))]})
    assert len(wanted.chips) == CHIPS_MOST
    assert wanted.problems == (f"Only the first {CHIPS_MOST} conditions were looked at.",)


@given(WRITTEN)
@example("tag:-by:")
@settings(max_examples=200, deadline=None)
def test_an_address_reads_as_what_was_written(text: str) -> None:
    wanted = read({"q": [text]})
    again = read(parse_qs(wanted.address()))
    assert set(again.chips) == set(wanted.chips)
    if not wanted.problems:
        assert again.query == wanted.query


@pytest.mark.django_db
@given(WRITTEN)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_written_is_answered(client: Client, text: str) -> None:
    page = client.get("/search/", {"q": text}, follow=True)
    assert page.status_code == 200
    told = client.get("/api/v1/search/", {"q": text})
    assert told.status_code in {200, 400}


@pytest.mark.django_db
def test_ten_thousand_letters_take_no_second(client: Client) -> None:
    index()
    for text in ('"' * 10_000, "bpm:" * 2_500, "a " * 5_000, "-" * 10_000, "x" * 10_000):
        begun = time.monotonic()
        assert client.get("/search/", {"q": text}, follow=True).status_code == 200
        assert time.monotonic() - begun < 2  # a loaded machine; it is 30 ms


def test_nothing_is_wanted_of_nothing() -> None:
    assert Wanted().is_empty
    assert read({"q": ["  - :: "]}).is_empty


def test_a_name_that_is_cut_at_a_blank_is_one_value() -> None:
    wanted = read({"q": [f"by:{'by:' * 11}before:by:"]})
    again = read(parse_qs(wanted.address()))
    assert set(again.chips) == set(wanted.chips)
