"""Ways in by tag, tempo, key, year, licence and label, and the pieces each leads to."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import moderation as judges
from tests.factories.described import tag_on
from tests.factories.social import UserFactory
from tests.factories.tracks import (
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
    UnlistedTrackFactory,
)
from tests.indexing import index
from tracks.browse import rules, selectors
from tracks.models import Label, ReleaseTrack, Track
from tracks.music_facts.rules import camelot, read_key
from tracks.music_facts.services import say
from tracks.tags.services import counting

pytestmark = pytest.mark.django_db
HEAVIEST = 45 * 1024


def found(client: Client, place: str) -> list[str]:
    """Return the titles on a page of pieces, of those that tests make."""
    answer = client.get(place, follow=True)
    assert answer.status_code == 200, place
    return [title for title in ("One", "Two", "Three") if f">{title}</a>" in answer.text]


def test_every_tempo_is_in_one_band() -> None:
    bands = [rules.choice_of("tempo", word).query for word in rules.tempo_words()]
    for bpm in ("20", "69.99", "70", "90", "109.99", "110", "179.99", "180", "400"):
        track = PublicTrackFactory.create(bpm=bpm)
        assert sum(Track.objects.filter(band, pk=track.pk).exists() for band in bands) == 1, bpm


def test_every_spelling_of_a_key_is_one_place_on_the_wheel() -> None:
    assert len(rules.SPELLINGS) == 24
    for code, keys in rules.SPELLINGS.items():
        assert {camelot(key) for key in keys} == {code}
        assert read_key(code) in keys
    assert set(rules.neighbours("8A")) == {"8B", "7A", "9A"}
    assert set(rules.neighbours("12B")) == {"12A", "11B", "1B"}
    assert set(rules.neighbours("1A")) == {"1B", "12A", "2A"}


def test_each_way_leads_to_its_pieces(client: Client) -> None:
    PublicTrackFactory.create(
        title="One",
        bpm="99.5",
        music_key="C#m",
        licence="cc-by-4.0",
        published_at=datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC),
    )
    PublicTrackFactory.create(
        title="Two",
        bpm="110",
        music_key="Dbm",
        published_at=datetime(2025, 1, 1, tzinfo=UTC),
    )
    assert found(client, "/browse/tempo/90-110/") == ["One"]
    assert found(client, "/browse/tempo/110-120/") == ["Two"]
    assert found(client, "/browse/key/12A/") == ["One", "Two"]
    assert found(client, "/browse/key/1A/") == []
    assert found(client, "/browse/year/2024/") == ["One"]
    assert found(client, "/browse/year/2025/") == ["Two"]
    assert found(client, "/browse/licence/cc-by-4.0/") == ["One"]
    assert found(client, "/browse/licence/all-rights-reserved/") == ["Two"]


def test_a_label_leads_to_what_is_out_on_it(client: Client) -> None:
    track = PublicTrackFactory.create(title="One")
    hour = timezone.now() + timedelta(hours=1)
    label = Label.objects.create(owner=track.owner, name="Fields", slug="fields")
    assert "Fields" not in client.get("/browse/").text
    for title, words in (("One", {}), ("Two", {"release_at": hour}), ("Three", {})):
        of = Track.objects.filter(title=title).first()
        of = of or PublicTrackFactory.create(title=title, owner=track.owner)
        open_to = {"visibility": "private"} if title == "Three" else words
        release = ReleaseFactory.create(owner=track.owner, label=label, **open_to)
        ReleaseTrack.objects.create(release=release, track=of, position=1)
    assert found(client, "/browse/label/fields/") == ["One"]
    for page in ("/browse/", "/browse/label/"):
        assert 'href="/browse/label/fields/"' in client.get(page).text
    judges.ban(track.owner)
    assert client.get("/browse/label/fields/").status_code == 404
    assert "Fields" not in client.get("/browse/label/").text


def test_only_what_everybody_finds_is_found(client: Client) -> None:
    words = {"bpm": "100", "music_key": "Am", "licence": "cc0-1.0"}
    owner = PublicTrackFactory.create(title="One", **words).owner
    ReadyTrackFactory.create(title="Two", owner=owner, **words)
    UnlistedTrackFactory.create(title="Three", owner=owner, **words)
    PublicTrackFactory.create(title="Two", owner=owner, deleted_at=timezone.now(), **words)
    client.force_login(owner)
    places = ["/browse/tempo/90-110/", "/browse/key/8A/", "/browse/licence/cc0-1.0/"]
    for place in places:
        assert found(client, place) == ["One"]
        assert "1 piece" in client.get(place).text
    judges.ban(owner)
    client.logout()
    for place in places:
        assert found(client, place) == []
    assert 'href="/browse/key/8A/"' not in client.get("/browse/").text


def test_the_first_page_leads_only_where_something_is(client: Client) -> None:
    track = PublicTrackFactory.create(bpm="100", music_key="Am", licence="cc-by-4.0")
    tag = tag_on(track, "Calm").tag
    counting.recount([tag.pk])
    with CaptureQueriesContext(connection) as asked:
        words = client.get("/browse/").text
    assert len(asked) <= 12
    assert 'href="/tags/calm/"' in words
    ways = [part.partition('"')[0] for part in words.split('href="/browse/')[1:]]
    year = timezone.now().year
    expected = {"", "tempo/90-110/", "key/8A/", f"year/{year}/", "licence/cc-by-4.0/"}
    assert set(ways) == expected
    assert 'aria-label="8A, A minor"' in words
    assert len(words.encode()) < HEAVIEST


def test_an_empty_site_can_be_browsed(client: Client) -> None:
    assert "No piece has a key yet" in client.get("/browse/").text


def test_pages_follow_each_other_in_few_queries(client: Client) -> None:
    owner, now = UserFactory.create(), timezone.now()
    for number in range(50):
        moment = now - timedelta(minutes=number)
        PublicTrackFactory.create(owner=owner, bpm="100", published_at=moment)
    page, seen = "/browse/tempo/90-110/", []
    while page:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(page)
        assert len(asked) <= 8
        assert len(answer.content) < HEAVIEST
        seen += [track.pk for track in answer.context["tracks"]]
        following = answer.context["next_url"]
        page = f"/browse/tempo/90-110/{following}" if following else ""
    assert seen == list(Track.objects.published().values_list("pk", flat=True))


def test_a_count_ends_at_a_thousand(monkeypatch: Any) -> None:
    monkeypatch.setattr(selectors, "COUNTED", 2)
    choice, nobody = rules.choice_of("key", "8A"), selectors.NOBODY
    words = []
    for _ in range(4):
        words.append(selectors.count(choice, nobody).words)
        PublicTrackFactory.create(music_key="Am")
    assert words == ["0 pieces", "1 piece", "2 pieces", "2+ pieces"]


def test_a_page_offers_to_narrow_it_and_what_goes_with_it(client: Client) -> None:
    PublicTrackFactory.create(bpm="100", music_key="Am", licence="cc-by-4.0")
    for key in ("Dm", "Em", "F#m"):
        PublicTrackFactory.create(bpm="140", music_key=key)
    key = client.get("/browse/key/8A/").text
    assert 'href="/search/?q=key:8A"' in key
    assert all(f'href="/browse/key/{code}/"' in key for code in ("7A", "9A"))
    assert 'href="/browse/key/8B/"' not in key, "nothing is there"
    assert 'href="/search/?q=bpm:90..110"' in client.get("/browse/tempo/90-110/").text
    assert 'href="/search/?q=licence:cc-by"' in client.get("/browse/licence/cc-by-4.0/").text
    assert "creativecommons.org/licenses/by/4.0/" in client.get("/browse/licence/cc-by-4.0/").text


@pytest.mark.parametrize(
    "place",
    [
        *("tempo/0-9999", "tempo/-1-5", "key/13A", "key/8a", "key/0B", "licence/mine"),
        *("year/99999", "year/0000", "year/٢٠٢٤", "mood/calm", "label/none"),
    ],
)
def test_what_is_no_way_in_is_nothing(client: Client, place: str) -> None:
    assert client.get(f"/browse/{place}/").status_code == 404


def test_a_way_in_can_be_played(client: Client) -> None:
    track = PublicTrackFactory.create(bpm="100")
    PublicTrackFactory.create(bpm="140")
    listed = client.get("/api/v1/lists/browse/tempo:90-110/").json()
    entries = listed["entries"] if isinstance(listed, dict) else listed
    assert [row["track_id"] for row in entries] == [str(track.pk)]
    for name in ("tempo", "tempo:", ":", "key:99", "label:none"):
        assert client.get(f"/api/v1/lists/browse/{name}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_is_made_anew_when_a_tempo_is_said(client: Client, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 600
    track = PublicTrackFactory.create(title="One", bpm="100")
    assert found(client, "/browse/tempo/90-110/") == ["One"]
    say(track=track, bpm="140", key="", by=track.owner)
    assert found(client, "/browse/tempo/90-110/") == []
    assert found(client, "/browse/tempo/130-150/") == ["One"]


def test_a_year_is_narrowed_to_what_its_page_shows(client: Client) -> None:
    owner = UserFactory.create()
    label = Label.objects.create(owner=owner, name="Fields", slug="fields")
    release = ReleaseFactory.create(
        owner=owner, label=label, visibility="public", released_on="1977"
    )
    for title, year in (("One", 2024), ("Two", 2025)):
        moment = datetime(year, 6, 1, tzinfo=UTC)
        track = PublicTrackFactory.create(title=title, owner=owner, published_at=moment)
        ReleaseTrack.objects.create(release=release, track=track, position=year)
    index()
    page = client.get("/browse/year/2024/").text
    narrowed = page.partition('href="/search/?q=')[2].partition('"')[0]
    assert found(client, f"/search/?q={narrowed}") == found(client, "/browse/year/2024/") == ["One"]
    assert client.get("/browse/").text.count("Fields") == 1
    assert owner.name in client.get("/browse/label/").text, "there may be two of one name"
