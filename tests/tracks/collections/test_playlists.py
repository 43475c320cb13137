"""Playlists: anybody's tracks, in an order somebody chose."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from config.lib.problems import Problem
from tests.factories.social import UserFactory
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    UnlistedTrackFactory,
)
from tracks.collections import ordering
from tracks.collections import selectors as collecting
from tracks.collections import services as collections
from tracks.collections.ordering import Beside
from tracks.models import Playlist, PlaylistItem, Track

pytestmark = pytest.mark.django_db
FORM = {"title": "Late", "description_md": "", "visibility": "public"}


def fill(playlist: Playlist, *tracks: Track) -> None:
    """Put these tracks into it, in this order."""
    for track in tracks:
        collections.add(collection=playlist, track=track)


def titles(client: Client, address: str) -> list[str]:
    return [item.track.title for item in client.get(address).context["items"]]


def test_a_listener_collects_a_track_from_its_page(client: Client) -> None:
    fan, track = UserFactory(), PublicTrackFactory()
    visitor = client.get(track.get_absolute_url()).content.decode()
    assert "for-people" in visitor.rpartition("Add to…")[0].rpartition("<a ")[2]
    client.force_login(fan)
    assert f"/tracks/{track.slug}/collect/" in client.get(track.get_absolute_url()).content.decode()
    client.post("/playlists/new/", FORM | {"track": str(track.pk)})
    playlist = Playlist.objects.get(owner=fan)
    page = client.get(f"/tracks/{track.slug}/collect/").content.decode()
    assert "Late" in page
    assert "release-new" not in page, "another's track goes on no release"
    client.post(reverse("playlist-add", args=[playlist.slug]), {"track": str(track.pk)})
    assert playlist.items.count() == 2, "a track may stand in it twice"


def test_an_unlisted_track_is_added_by_whoever_holds_its_key(client: Client) -> None:
    playlist, track = PlaylistFactory(), UnlistedTrackFactory()
    client.force_login(playlist.owner)
    add = reverse("playlist-add", args=[playlist.slug])
    client.post(add, {"track": str(track.pk)})
    assert not playlist.items.exists()
    assert client.get(f"/tracks/{track.slug}/collect/").status_code == 404
    assert client.get(f"/tracks/{track.slug}/collect/?token={track.token}").status_code == 200
    client.post(add, {"track": str(track.pk), "token": track.token})
    assert playlist.items.count() == 1
    assert titles(Client(), playlist.get_absolute_url()) == [], "its key is not passed on"


def test_a_private_track_in_a_public_playlist_stays_hidden(client: Client) -> None:
    playlist, mine = PlaylistFactory(), PublicTrackFactory(title="Open")
    theirs = PublicTrackFactory(title="Closed later")
    fill(playlist, mine, theirs)
    Track.objects.filter(pk=theirs.pk).update(visibility="private")
    assert titles(client, playlist.get_absolute_url()) == ["Open"]
    client.force_login(playlist.owner)
    edit = client.get(f"/playlists/{playlist.slug}/edit/").content.decode()
    assert "Closed later" not in edit
    assert "1 more is no longer open to you" in edit
    client.force_login(theirs.owner)
    assert titles(client, playlist.get_absolute_url()) == ["Open", "Closed later"]


def test_what_its_owner_cannot_see_keeps_its_neighbours() -> None:
    playlist = PlaylistFactory()
    tracks = [PublicTrackFactory(title=name) for name in "ABCD"]
    fill(playlist, *tracks)
    Track.objects.filter(title="B").update(visibility="private")
    last = playlist.items.get(track__title="D")
    first = playlist.items.get(track__title="A")
    to = Beside(behind=str(first.pk))
    ordering.move(collection=playlist, item_id=last.pk, to=to, by=playlist.owner)
    names = [item.track.title for item in playlist.items.select_related("track")]
    assert names.index("A") < names.index("D") < names.index("C")
    hidden = playlist.items.get(track__title="B")
    front = Beside(behind="")
    owner = playlist.owner
    assert ordering.move(collection=playlist, item_id=hidden.pk, to=front, by=owner) is None


def test_it_has_an_end() -> None:
    playlist, track = PlaylistFactory(), PublicTrackFactory()
    PlaylistItem.objects.bulk_create(
        PlaylistItem(playlist=playlist, track=track, position=place)
        for place in range(1, collections.LONGEST + 1)
    )
    with pytest.raises(Problem, match="the most"):
        collections.add(collection=playlist, track=track)


def test_a_long_one_has_pages(client: Client, django_assert_max_num_queries: Any) -> None:
    playlist, track = PlaylistFactory(), PublicTrackFactory()
    PlaylistItem.objects.bulk_create(
        PlaylistItem(playlist=playlist, track=track, position=place) for place in range(1, 151)
    )
    address = playlist.get_absolute_url()
    with django_assert_max_num_queries(4):
        first = client.get(address)
    assert len(first.context["items"]) == collecting.SHOWN_AT_ONCE
    assert first.context["count"] == 150
    assert first.context["length_ms"] == 150 * 222_000
    second = client.get(address + first.context["next_url"])
    assert len(second.context["items"]) == 50
    assert second.context["first_number"] == 101
    assert second.context["next_url"] == ""
    assert client.get(f"{address}?after=nonsense").status_code == 200


def test_strangers_change_nothing(client: Client) -> None:
    playlist, track = PlaylistFactory(), PublicTrackFactory()
    fill(playlist, track)
    item = playlist.items.get()
    client.force_login(UserFactory())
    for route, args in (
        ("playlist-edit", []),
        ("playlist-delete", []),
        ("playlist-add", []),
        ("playlist-move", [item.pk]),
        ("playlist-remove", [item.pk]),
    ):
        answer = client.post(reverse(route, args=[playlist.slug, *args]), {"track": str(track.pk)})
        assert answer.status_code == 404, route
    assert playlist.items.count() == 1


def test_someones_own_lists_are_found_again(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    owner = UserFactory(handle="ada")
    for number in range(30):
        PlaylistFactory(owner=owner, title=f"List {number}", visibility="private")
    client.force_login(owner)
    profile = client.get("/@ada/").content.decode()
    assert "List 29" in profile
    assert "List 5<" not in profile
    assert "/@ada/playlists/" in profile
    with django_assert_max_num_queries(5):
        first = client.get("/@ada/playlists/")
    older = client.get("/@ada/playlists/" + first.context["section"].more).content.decode()
    assert "List 0" in older
    assert "List 29" not in older
    assert client.get("/@ada/playlists/?before=x").status_code == 404
    assert client.get("/@nobody/playlists/").status_code == 404


def test_the_face_of_a_list_is_its_first_track_that_is_open(client: Client) -> None:
    playlist = PlaylistFactory()
    fill(playlist, PublicTrackFactory(), PublicTrackFactory())
    first = playlist.items.first().track
    Track.objects.filter(pk=first.pk).update(visibility="private")
    (row,) = client.get(f"/@{playlist.owner.handle}/playlists/").context["section"].page.rows
    assert row.heard == 1
    assert row.face is not None
    assert row.first_track != first.pk


def test_a_private_track_of_ones_own_is_collected_too(client: Client) -> None:
    track = ReadyTrackFactory()
    client.force_login(track.owner)
    client.post("/playlists/new/", FORM | {"track": str(track.pk)})
    playlist = Playlist.objects.get()
    assert titles(client, playlist.get_absolute_url()) == [track.title]
    assert titles(Client(), playlist.get_absolute_url()) == []


def test_four_covers_stand_for_it_once_it_has_four(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    playlist = PlaylistFactory()
    tracks = [PublicTrackFactory() for _ in range(4)]
    fill(playlist, tracks[0], tracks[0], *tracks[1:3])
    shelf = f"/@{playlist.owner.handle}/playlists/"
    assert 'class="mosaic"' not in client.get(playlist.get_absolute_url()).text
    assert 'class="mosaic"' not in client.get(shelf).text
    fill(playlist, tracks[3])
    assert client.get(playlist.get_absolute_url()).text.count('class="mosaic"') == 1
    with django_assert_max_num_queries(5):
        page = client.get(shelf)
    (row,) = page.context["section"].page.rows
    assert len(set(row.covers)) == 4
    Track.objects.filter(pk=tracks[0].pk).update(visibility="private")
    assert 'class="mosaic"' not in client.get(shelf).text, "nothing of what is closed"
