"""The pages: what is near, what goes with it, and the way to another piece."""

from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from tests.factories.tracks import PublicTrackFactory, UnlistedTrackFactory
from tests.indexing import index
from tests.tracks.alike.sounds import at, sounding
from tracks.models import Track

pytestmark = pytest.mark.django_db


@pytest.fixture
def seed() -> Track:
    return sounding(at(0), title="Seed", slug="seed", bpm=Decimal(120), music_key="Am")


def page(address: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_track_page_leads_to_its_neighbours_and_asks_for_none(
    seed: Track, django_assert_max_num_queries: Any
) -> None:
    sounding(at(5), title="Near one")
    with django_assert_max_num_queries(3):
        text = page("/tracks/seed/")
    assert '<alike-shelf class="alike-shelf" src="/tracks/seed/similar/?part=shelf">' in text
    assert "Near one" not in text


def test_the_shelf_is_a_part_with_a_few_cards_and_their_reasons(seed: Track) -> None:
    for degrees in range(1, 9):
        sounding(at(degrees), title=f"Near {degrees}")
    text = page("/tracks/seed/similar/?part=shelf")
    assert text.count("Almost the same sound") == 6
    assert "Near 6" in text
    assert "Near 7" not in text
    assert "<main" not in text


def test_the_shelf_of_a_piece_without_neighbours_is_empty(seed: Track) -> None:
    assert page("/tracks/seed/similar/?part=shelf").strip() == ""


def test_the_page_shows_what_is_near_and_what_goes_with_it(
    seed: Track, django_assert_max_num_queries: Any
) -> None:
    sounding(at(5), title="Near one")
    sounding(at(60), title="In harmony", bpm=Decimal(60), music_key="C")
    with django_assert_max_num_queries(8):
        text = page("/tracks/seed/similar/")
    before, after = text.split("Goes with it")
    assert "Near one" in before
    assert "In harmony" in after
    assert "Near one" not in after


@pytest.mark.parametrize(
    ("place", "sentence"),
    [(None, "is not known yet"), (at(0), "Nothing else is here yet")],
)
def test_a_page_without_neighbours_says_why(place: Any, sentence: str) -> None:
    track = sounding(place, title="Alone")
    text = page(f"/tracks/{track.slug}/similar/")
    assert sentence in text
    assert "Its key or its tempo is not known." in text


def test_an_unlisted_piece_has_its_page_behind_its_key(seed: Track) -> None:
    secret = sounding(at(1), UnlistedTrackFactory)
    answer = Client().get(f"/t/{secret.token}/similar/")
    assert "Seed" in answer.content.decode()
    assert secret.slug not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert f"/t/{secret.token}/similar/?part=shelf" in page(f"/t/{secret.token}/")


def test_a_path_is_found_by_address_by_name_and_by_words(seed: Track) -> None:
    sounding(at(40), title="Halfway")
    end = sounding(at(80), title="Far away", slug="far-away")
    for to in ("far-away", "https://music.example/tracks/far-away/"):
        text = page(f"/tracks/seed/path/?to={quote(to)}&steps=1")
        assert "Halfway" in text
        assert text.index("Halfway") < text.index('href="/tracks/far-away/">Far away</a></h2>')
        assert 'kind="path" key="seed/far-away/1"' in text
    index()
    text = page("/tracks/seed/path/?to=far")
    assert "Which one?" in text
    assert "?to=far-away&amp;steps=6" in text
    assert end.title in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "To which piece"),
        ("?to=nowhere", "Nothing that you can hear has these words"),
        ("?to=%00", "To which piece"),
        ("?to=" + "x" * 300, "Nothing that you can hear has these words"),
        ("?to=silent&steps=9999999", "no path leads there"),
        ("?to=silent&steps=-1", "no path leads there"),
        ("?to=silent&steps=²", "no path leads there"),
    ],
)
def test_whatever_is_asked_for_there_is_a_sentence(seed: Track, query: str, sentence: str) -> None:
    sounding(None, slug="silent")
    PublicTrackFactory.create(title="Other")
    assert sentence in page(f"/tracks/seed/path/{query}")


def test_the_pages_stay_light(seed: Track) -> None:
    for degrees in range(60):
        sounding(at(degrees), bpm=Decimal(120), music_key="Am")
    assert len(page("/tracks/seed/similar/")) <= 45_000
    assert len(page("/tracks/seed/similar/?part=shelf")) <= 10_000


def test_a_page_for_all_is_the_same_for_whoever_is_signed_in(seed: Track) -> None:
    sounding(at(5), title="Near one")
    stranger = Client()
    stranger.force_login(PublicTrackFactory.create().owner)
    address = "/tracks/seed/similar/?part=shelf"
    assert page(address) == page(address, stranger)
