"""What search engines are told: every public page, in slices, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import moderation as judges
from tests.factories.described import credit, tag_on
from tests.factories.social import UserFactory
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
    UnlistedTrackFactory,
)
from tracks.models import Label, Tag, Track
from tracks.sitemaps import selectors
from tracks.tags.services import counting

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


def locations(client: Client, place: str) -> list[str]:
    answer = client.get(place)
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    return [node.text for node in fromstring(answer.content).iter() if node.tag.endswith("}loc")]


def all_pages(client: Client) -> list[str]:
    """Walk from robots.txt as a search engine does."""
    (line,) = [
        line for line in client.get("/robots.txt").text.splitlines() if line.startswith("Sitemap: ")
    ]
    slices = locations(client, line.removeprefix("Sitemap: "))
    pages = [page for each in slices for page in locations(client, each)]
    assert all(page.startswith(HERE) for page in pages)
    return [page.removeprefix(HERE) for page in pages]


def test_every_public_page_is_there_once_and_nothing_else(client: Client) -> None:
    track = PublicTrackFactory.create()
    owner = track.owner
    tag = tag_on(track, "Calm").tag
    counting.recount([tag.pk])
    name = credit(track, "Bo").name
    label = Label.objects.create(owner=owner, name="Fields", slug="fields")
    release = ReleaseFactory.create(owner=owner, label=label)
    playlist = PlaylistFactory.create(owner=owner)
    hour = timezone.now() + timedelta(hours=1)
    hidden = ReadyTrackFactory.create()
    credit(hidden, "Nobody yet")
    tag_on(hidden, "unheard")
    UnlistedTrackFactory.create()
    PublicTrackFactory.create(deleted_at=timezone.now())
    PublicTrackFactory.create(release_at=hour, published_at=None)
    ReleaseFactory.create(release_at=hour, owner=UserFactory.create())
    ReleaseFactory.create(visibility="unlisted", owner=UserFactory.create())
    PlaylistFactory.create(visibility="private")
    Label.objects.create(owner=owner, name="Empty", slug="empty")
    things = [track, owner, tag, name, label, release, playlist]
    client.force_login(hidden.owner)
    assert sorted(all_pages(client)) == sorted(each.get_absolute_url() for each in things)
    judges.ban(owner)
    Tag.objects.update(uses=0)
    assert all_pages(client) == []


def test_each_says_when_it_changed(client: Client) -> None:
    PublicTrackFactory.create()
    Track.objects.update(updated_at="2026-03-01T12:00:00Z")
    (first, *_) = locations(client, "/sitemap.xml")
    assert "<lastmod>2026-03-01T12:00:00+00:00</lastmod>" in client.get(first).text


def test_slices_hold_their_number_and_join(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(selectors, "STEP", 3)
    owner = UserFactory.create()
    tracks = [PublicTrackFactory.create(owner=owner) for _ in range(8)]
    ends = selectors.slices_of("tracks")
    assert [len(selectors.slice_of("tracks", *each)) for each in ends] == [3, 3, 2]
    found = [page for each in ends for page in selectors.slice_of("tracks", *each)]
    assert [page.path for page in found] == [track.get_absolute_url() for track in tracks]
    # What comes later lies in the last one, and is cut off once there is enough of it.
    PublicTrackFactory.create(owner=owner)
    assert len(selectors.slices_of("tracks")) == 4


def test_a_large_site_is_gone_through_a_few_steps_at_once(monkeypatch: Any) -> None:
    monkeypatch.setattr(selectors, "STEP", 1)
    monkeypatch.setattr(selectors, "STEPS", 2)
    owner = UserFactory.create()
    for _ in range(5):
        PublicTrackFactory.create(owner=owner)
    known = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as asked:
            known.append(len(selectors.slices_of("tracks")))
        assert len(asked) <= 2
        assert not any("COUNT(" in query["sql"] for query in asked)
    assert known == [3, 5, 6]


def test_what_is_no_slice_is_nothing(client: Client) -> None:
    assert client.get("/sitemaps/secrets/0/1.xml").status_code == 404
    backwards = f"/sitemaps/tracks/{selectors.LAST}/{selectors.FIRST}.xml"
    assert locations(client, backwards) == []


def test_robots_may_read_music_and_need_not_read_forms(client: Client) -> None:
    text = client.get("/robots.txt").text
    assert "Disallow: /accounts/" in text
    assert "Disallow: /tracks/" not in text
    assert f"Sitemap: {HERE}/sitemap.xml" in text


@pytest.mark.django_db(transaction=True)
def test_they_are_kept_and_forgotten_when_something_closes(settings: Any, client: Client) -> None:
    settings.PAGE_CACHE_SECONDS = 600
    track = PublicTrackFactory.create()
    place = locations(client, "/sitemap.xml")[0]
    assert locations(client, place) == [HERE + track.get_absolute_url()]
    with CaptureQueriesContext(connection) as asked:
        assert locations(client, place)
    assert len(asked) == 0
    judges.ban(track.owner)
    assert locations(client, place) == []
