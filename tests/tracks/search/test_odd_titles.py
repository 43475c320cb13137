"""Titles and names of every script and with every sign are found as people type them."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.tracks import PublicTrackFactory
from tests.indexing import index
from tracks.search import words

pytestmark = pytest.mark.django_db

TITLES: dict[str, tuple[str, ...]] = {
    "C++": ("c++", "C"),
    "AC/DC": ("ac/dc", "acdc", "acd"),
    "P!nk": ("p!nk", "pink", "P!N"),
    "Ke$ha": ("ke$ha", "kesha"),
    "$uicide": ("suicide",),
    "24/7": ("24/7", "247", "24 7", "24"),
    "R.E.M.": ("r.e.m.", "rem", "R E M"),
    "!!!": ("!!!", "!"),
    "÷": ("÷",),
    "🎵🔥": ("🎵", "🎵🔥"),
    "夜に駆ける": ("夜に", "夜", "駆ける"),
    "東京タワー": ("東京", "タワー"),
    "안녕 세상": ("안녕", "안", "세상"),
    "Группа крови": ("группа", "кров", "ГРУППА"),
    "Ёлка": ("елка", "ёлк"),
    "أغنية حب": ("أغنية", "حب", "اغنية"),
    "مُحَمَّد": ("محمد",),
    "שלום עולם": ("שלום", "עול"),
    "İstanbul": ("istanbul", "ISTANBUL", "İSTANBUL"),
    "Café": ("cafe", "cafe\u0301"),
    "می\u200cخواهم": ("می\u200cخواهم", "میخواهم"),
    "№ 5": ("no 5", "№ 5"),
    "𝐋𝐨𝐯𝐞": ("love", "𝐋𝐨𝐯"),
    "Ｆｕｌｌ": ("full",),
    "ไทย": ("ไทย", "ไ"),
    "हिन्दी गीत": ("हिन्दी", "गीत"),
    "x_y_z": ("x_y_z", "xyz"),
    "Sigur Rós": ("ros", "sigur ro"),
    '12" mix': ('12" mix',),
    "Re: Stacks": ("re: stacks", "\u200fre stacks"),
}


def test_as_people_type_them(client: Client) -> None:
    for title in TITLES:
        PublicTrackFactory.create(title=title)
    index()
    for title, typed in TITLES.items():
        for text in typed:
            for path in ("search", "suggest"):
                answer = client.get(f"/api/v1/{path}/", {"q": text}).json()
                assert title in [row["title"] for row in answer["results"]], (path, text)


def test_artists_with_signs_in_their_names_are_asked_for(client: Client) -> None:
    track: Any = PublicTrackFactory.create(owner__display_name="P!nk")
    index()
    for text in ("by:p!nk", "by:pink", "by:pnk"):
        (row,) = client.get("/api/v1/search/", {"q": text}).json()["results"]
        assert row["id"] == str(track.pk), text


def test_signs_beside_words_are_no_words() -> None:
    assert words.chunks("Rain !!! ÷") == [["rain"]]
    assert words.chunks("- :: ' \" #") == []
    assert words.drawn("Hello! Stop! $ 5") == []
