"""Pages are sent compressed to whoever takes them so, kept ones too; nothing else is."""

import gzip
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories.tracks import PublicTrackFactory
from tracks.models import Track

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keeping(settings: object) -> Iterator[None]:
    """Pages are kept, and none from before."""
    settings.PAGE_CACHE_SECONDS = 10  # type: ignore[attr-defined]
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def track() -> Track:
    """A piece with a page."""
    made: Track = PublicTrackFactory.create(description_md="Words of some length. " * 40)
    return made


TAKES = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("takes_first", [True, False])
def test_a_page_is_compressed_for_whom_it_may_be(track: Track, *, takes_first: bool) -> None:
    client, address = Client(), track.get_absolute_url()
    for takes in (takes_first, not takes_first, takes_first, not takes_first):
        answer = client.get(address, headers=TAKES if takes else {})
        assert answer.headers.get("Content-Encoding") == ("gzip" if takes else None)
        body = gzip.decompress(answer.content) if takes else answer.content
        assert track.title in body.decode()
        assert "Accept-Encoding" in answer["Vary"]
        assert len(answer.content) == int(answer["Content-Length"])


def test_a_compressed_page_is_a_fraction(track: Track) -> None:
    address = track.get_absolute_url()
    whole, short = Client().get(address), Client().get(address, headers=TAKES)
    assert len(short.content) < 0.4 * len(whole.content)


def test_what_programs_ask_for_is_not_touched(track: Track) -> None:
    answer = Client().get(f"/api/v1/tracks/{track.pk}/versions/", headers=TAKES)
    assert "Content-Encoding" not in answer.headers
