"""Whole lists for a player: who hears what, in which order, in few queries."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.social import UserFactory
from tests.factories.tracks import (
    PublicTrackFactory,
    ReadyTrackFactory,
    TrackFactory,
    UnlistedTrackFactory,
)
from tests.indexing import index
from tracks.models import Playlist, PlaylistItem, Release, ReleaseTrack

pytestmark = pytest.mark.django_db

ENTRY = {
    "version_id", "track_id", "title", "artist", "artist_url", "url", "cover_thumb", "duration_ms",
    "accent", "loudness_lufs", "true_peak_dbtp",
}  # fmt: skip


def titles(client: Client, address: str) -> list[str]:
    answer = client.get(f"/api/v1/lists/{address}")
    assert answer.status_code == 200, answer.content
    return [entry["title"] for entry in answer.json()["entries"]]


def playlist_of(owner: Any, *tracks: Any, **fields: Any) -> Playlist:
    made = Playlist.objects.create(
        owner=owner, slug="p", title="P", **({"visibility": "public"} | fields)
    )
    for position, track in enumerate(tracks):
        PlaylistItem.objects.create(playlist=made, track=track, position=position)
    return made


def test_an_entry_is_what_a_player_needs(client: Client) -> None:
    track = PublicTrackFactory(title="Rain", owner__handle="mira", owner__display_name="Mira")
    (entry,) = client.get("/api/v1/lists/latest/all/").json()["entries"]
    assert set(entry) == ENTRY
    assert entry["version_id"] == str(track.primary_version_id)
    assert entry["artist"] == "Mira"
    assert entry["artist_url"] == "/@mira/"
    assert entry["url"] == track.get_absolute_url()
    assert (entry["duration_ms"], entry["loudness_lufs"], entry["true_peak_dbtp"]) == (
        222_000, -14.2, -1.0,
    )  # fmt: skip
    assert client.get(entry["cover_thumb"]).status_code in {200, 404}, "the address is signed"


def test_the_latest_and_a_profile_are_newest_first(client: Client) -> None:
    ada = UserFactory(handle="ada")
    now = timezone.now()
    PublicTrackFactory(title="Old", owner=ada, published_at=now - timedelta(days=1))
    PublicTrackFactory(title="New", owner=ada, published_at=now)
    PublicTrackFactory(title="Else", published_at=now - timedelta(hours=1))
    assert titles(client, "latest/all/") == ["New", "Else", "Old"]
    assert titles(client, "profile/ada/") == ["New", "Old"]
    assert titles(client, "profile/ADA/") == ["New", "Old"]


def test_what_cannot_be_heard_is_left_out(client: Client) -> None:
    owner = UserFactory(handle="ada")
    TrackFactory(owner=owner, visibility="public", published_at=timezone.now())
    ReadyTrackFactory(owner=owner)
    UnlistedTrackFactory(owner=owner)
    assert titles(client, "profile/ada/") == []


def test_a_release_is_in_its_own_order(client: Client) -> None:
    owner = UserFactory()
    one, two = (
        PublicTrackFactory(owner=owner, title="1"),
        PublicTrackFactory(owner=owner, title="2"),
    )
    album = Release.objects.create(owner=owner, slug="album", title="A", visibility="public")
    other = Release.objects.create(owner=owner, slug="other", title="B", visibility="public")
    for release, order in [(album, [two, one]), (other, [one, two])]:
        for position, track in enumerate(order):
            ReleaseTrack.objects.create(release=release, track=track, position=position)
    assert titles(client, "release/album/") == ["2", "1"]
    assert titles(client, "release/other/") == ["1", "2"]


def test_a_playlist_may_have_a_track_twice_and_hides_private_ones(client: Client) -> None:
    owner = UserFactory()
    again, secret = (
        PublicTrackFactory(title="Again"),
        ReadyTrackFactory(owner=owner, title="Secret"),
    )
    playlist_of(owner, again, secret, again)
    assert titles(client, "playlist/p/") == ["Again", "Again"]
    client.force_login(owner)
    assert titles(client, "playlist/p/") == ["Again", "Secret", "Again"]


def test_an_unlisted_list_opens_by_its_key_only(client: Client) -> None:
    made = playlist_of(UserFactory(), PublicTrackFactory(title="Song"), visibility="unlisted")
    assert client.get("/api/v1/lists/playlist/p/").status_code == 404
    assert titles(client, f"playlist/{made.token}/") == ["Song"]
    Playlist.objects.update(visibility="private")
    assert client.get(f"/api/v1/lists/playlist/{made.token}/").status_code == 404


def test_one_track_by_slug_id_or_key(client: Client) -> None:
    track = PublicTrackFactory(title="Song")
    assert (
        titles(client, f"track/{track.slug}/") == titles(client, f"track/{track.pk}/") == ["Song"]
    )
    hidden = UnlistedTrackFactory(title="Hush")
    address = f"/api/v1/lists/track/{hidden.pk}/"
    assert client.get(address).status_code == 404
    (entry,) = client.get(address, {"token": hidden.token}).json()["entries"]
    assert entry["key"] == hidden.token


def test_a_search_is_a_list(client: Client) -> None:
    PublicTrackFactory(title="Rain on steel")
    PublicTrackFactory(title="Sun")
    index()
    assert titles(client, "search/steel rain/") == ["Rain on steel"]
    assert titles(client, "search/and/or/") == []
    assert titles(client, f"search/{quote('q=rain&not=steel', safe='')}/") == []
    assert titles(client, f"search/{quote('q=rain&year=2020..2100', safe='')}/") == [
        "Rain on steel"
    ]


@pytest.mark.parametrize(
    "address", ["none/x/", "profile/nobody/", "release/none/", "playlist/none/", "track/none/"]
)
def test_what_is_not_there_is_a_problem(client: Client, address: str) -> None:
    answer = client.get(f"/api/v1/lists/{address}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


LISTS = ("latest/all/", "profile/ada/", "playlist/p/")


def test_queries_do_not_grow_with_the_list(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    owner = UserFactory(handle="ada")
    tracks = PublicTrackFactory.create_batch(5, owner=owner)
    playlist_of(owner, *tracks)
    client.force_login(UserFactory())
    index()
    # A search is a transaction with a bound, of an index and then of what one may open.
    for address, most in [*((one, 4) for one in LISTS), ("search/song/", 7)]:
        with django_assert_max_num_queries(most) as counted:
            assert len(titles(client, address)) == 5
        assert not any("loudness_curve" in query["sql"] for query in counted.captured_queries)
        assert not any('"overview"' in query["sql"] for query in counted.captured_queries)
