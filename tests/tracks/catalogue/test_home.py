"""The first page: what is new, for whoever comes by."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, UnlistedTrackFactory

pytestmark = pytest.mark.django_db


def test_lists_what_is_published_newest_first(client: Client) -> None:
    old = PublicTrackFactory(published_at=timezone.now() - timedelta(days=2))
    new = PublicTrackFactory()
    found = client.get("/").context["tracks"]
    assert [track.pk for track in found] == [new.pk, old.pk]


def test_hides_private_unlisted_and_coming(client: Client) -> None:
    owner = UserFactory()
    ReadyTrackFactory(owner=owner)
    UnlistedTrackFactory(owner=owner)
    PublicTrackFactory(owner=owner, release_at=timezone.now() + timedelta(days=1))
    assert client.get("/").context["tracks"] == []


def test_a_card_tells_title_artist_length_and_cover(client: Client) -> None:
    track = PublicTrackFactory(title="Rain & <b>Steel</b>", owner__display_name="Mira")
    page = client.get("/").content.decode()
    assert "Rain &amp; &lt;b&gt;Steel&lt;/b&gt;" in page
    assert "Mira" in page
    assert "3:42" in page
    assert "/img/" in page
    assert str(track.primary_version.media.pk) in page


def test_only_the_piece_that_leads_has_its_large_cover(client: Client) -> None:
    owner = UserFactory()
    led = PublicTrackFactory(owner=owner, published_at=timezone.now() - timedelta(days=1))
    lead = PublicTrackFactory(owner=owner)
    pictures = re.findall(
        r'<img src="([^"]+)"( \w+="\d+")+ alt=""(?: (loading="lazy"))?', client.get("/").text
    )
    told = [(media_in(url), url.rsplit("/", 1)[-1], bool(lazy)) for url, _, lazy in pictures]
    assert told == [
        (str(lead.primary_version.media_id), "cover.jpg", False),
        (str(led.primary_version.media_id), "cover-thumb.jpg", True),
    ]


def media_in(url: str) -> str:
    """Return the media id in a signed address."""
    return url.split("/")[5]


def test_pages_follow_one_another_without_gap_or_double(client: Client) -> None:
    moment = timezone.now()
    made = {PublicTrackFactory(published_at=moment).pk for _ in range(26)}
    first = client.get("/").context
    second = client.get("/" + first["next_url"]).context
    seen = [track.pk for track in [*first["tracks"], *second["tracks"]]]
    assert len(first["tracks"]) == 24
    assert len(seen) == len(set(seen)) == 26
    assert set(seen) == made
    assert second["next_url"] == ""


@pytest.mark.parametrize("cursor", ["x", "1-zz", "-", "9" * 40 + "-" + "0" * 32, "1-" + "0" * 31])
def test_an_address_that_is_no_page_is_not_found(client: Client, cursor: str) -> None:
    assert client.get("/", {"before": cursor}).status_code == 404


def test_an_empty_site_leads_to_the_first_upload(client: Client) -> None:
    assert "Nothing plays here yet" in client.get("/").content.decode()
    assert "/demo/" not in client.get("/").content.decode()


def test_only_an_administrator_is_offered_the_demo(client: Client) -> None:
    client.force_login(UserFactory())
    assert "/demo/" not in client.get("/").content.decode()
    client.force_login(StaffFactory())
    assert "/demo/" in client.get("/").content.decode()


def test_only_an_administrator_may_begin_the_demo(client: Client) -> None:
    assert client.post("/demo/").status_code == 302
    client.force_login(UserFactory())
    assert "/accounts/login/" in client.post("/demo/")["Location"]
    client.force_login(StaffFactory())
    assert client.get("/demo/").status_code == 405
    assert client.post("/demo/")["Location"] == "/"


def test_queries_do_not_grow_with_the_list(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(UserFactory())
    PublicTrackFactory()
    with django_assert_max_num_queries(4):
        client.get("/")
    PublicTrackFactory.create_batch(6)
    with django_assert_max_num_queries(4) as counted:
        client.get("/")
    assert not any("loudness_curve" in query["sql"] for query in counted.captured_queries)
    assert not any('"overview"' in query["sql"] for query in counted.captured_queries)


def test_the_source_is_offered_where_the_site_names_it(client: Client, settings: Settings) -> None:
    assert "Source" not in client.get("/").content.decode()
    settings.SOURCE_URL = "https://code.example/nexus"
    assert 'href="https://code.example/nexus"' in client.get("/").content.decode()
