"""Sentences that are read as conditions, and those that are none."""

import pytest

from tracks.search.grammar import read
from tracks.search.sentences import understood


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("slow songs in A minor with trumpet", "key=8A&bpm=..90&tag=trumpet"),
        ("fast techno tracks from the 90s", "bpm=130..&year=1990..1999&tag=techno"),
        ("songs in B flat major between 100 and 120 bpm", "key=6B&bpm=100..120"),
        ("pieces from the nineties", "year=1990..1999"),
        ("music at 128 bpm", "bpm=125..131"),
        ("songs since 2019 with piano and cello", "after=2019-01-01&tag=piano&tag=cello"),
        ("ambient music without drums", "tag=-drums&tag=ambient"),
        ("long pieces about the sea", "q=sea&length=8%3A00.."),
        ("songs with lyrics under creative commons", "has=lyrics&licence=cc"),
        ("C# minor music", "key=12A"),
    ],
)
def test_what_is_understood(text: str, address: str) -> None:
    found = understood(read({"q": [text]}))
    assert found is not None
    assert found.address() == address


@pytest.mark.parametrize(
    "text",
    [
        *("slow", "night train", "prelude in A minor", "music by anna", "songs", "", "find me"),
        *('"slow songs"', "a b c", "A minor", "bpm:120 songs", "x" * 500, "in the 90s" * 40),
    ],
)
def test_what_is_no_sentence(text: str) -> None:
    assert understood(read({"q": [text]})) is None


@pytest.mark.parametrize("text", ["songs of the cities", "music from the parties", "of the duties"])
def test_what_ends_like_a_decade_is_none(text: str) -> None:
    wanted = understood(read({"q": [text]}))
    assert wanted is None or "year" not in wanted.address()
