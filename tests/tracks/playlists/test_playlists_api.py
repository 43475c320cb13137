"""`/api/v1/playlists/`: programs do what pages do, and no more."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from social.models import User
from tests.factories.social import UserFactory
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    UnlistedTrackFactory,
)
from tracks.collections import services as collections
from tracks.models import Playlist, Track
from tracks.playlists.formats import m3u8
from tracks.playlists.services import people

pytestmark = pytest.mark.django_db
API = "/api/v1/playlists/"
RULES = {"rules": [{"field": "bpm", "operator": "least", "value": "100"}]}


@pytest.fixture
def fan(client: Client) -> User:
    """Whoever asks."""
    person: User = UserFactory.create(handle="fan")
    client.force_login(person)
    return person


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    words = {"data": json.dumps(body), "content_type": "application/json"} if body else {}
    return client.generic(method, f"{API}{path}", **words)


def three() -> list[Track]:
    return [PublicTrackFactory.create(title=title) for title in "ABC"]


def titles(client: Client, playlist: Any) -> list[str]:
    return [item["title"] for item in send(client, "GET", f"{playlist['id']}/").json()["items"]]


def test_one_is_made_filled_changed_and_deleted(client: Client, fan: User) -> None:
    a, b, c = three()
    ids = [str(track.pk) for track in (a, b, a)]
    made = send(client, "POST", "", {"title": " Late \n", "tracks": ids}).json()
    assert (made["title"], made["visibility"], made["owner"]) == ("Late", "private", "fan")
    assert titles(client, made) == ["A", "B", "A"]
    place = f"{made['id']}/tracks/"
    assert send(client, "POST", place, {"track": str(c.pk)}).status_code == 201
    items = send(client, "GET", f"{made['id']}/").json()["items"]
    moved = send(client, "PATCH", f"{place}{items[3]['id']}/", {"behind": items[0]["id"]}).json()
    assert moved["behind"] == items[0]["id"]
    assert titles(client, made) == ["A", "C", "B", "A"]
    assert send(client, "DELETE", f"{place}{items[1]['id']}/").status_code == 204
    assert send(client, "DELETE", f"{place}{items[1]['id']}/").status_code == 404
    kept = {item["id"] for item in send(client, "GET", f"{made['id']}/").json()["items"]}
    put = send(client, "PUT", place, {"tracks": [str(t.pk) for t in (b, a, c)]}).json()
    assert [item["title"] for item in put["items"]] == ["B", "A", "C"]
    assert len(kept & {item["id"] for item in put["items"]}) == 2, "places keep their keys"
    words = {"title": "Later", "visibility": "public"}
    told = send(client, "PATCH", f"{made['id']}/", words).json()
    assert (told["title"], told["visibility"]) == ("Later", "public")
    assert send(client, "PATCH", f"{made['id']}/", {"title": "x" * 201}).status_code == 400
    listed = send(client, "GET", "").json()
    assert [row["title"] for row in listed["results"]] == ["Later"]
    assert send(client, "DELETE", f"{made['id']}/").status_code == 204
    assert send(client, "GET", f"{made['id']}/").status_code == 404


def test_only_what_is_open_goes_in(client: Client, fan: User) -> None:
    closed, unlisted = ReadyTrackFactory.create(), UnlistedTrackFactory.create(title="U")
    body: dict[str, Any] = {"title": "X", "tracks": [str(unlisted.pk), str(closed.pk)]}
    answer = send(client, "POST", "", body | {"keys": [unlisted.token]})
    assert answer.status_code == 400
    assert answer.json()["tracks"] == [str(closed.pk)]
    assert not Playlist.objects.exists()
    body = {"title": "X", "tracks": [str(unlisted.pk)], "keys": [unlisted.token]}
    made = send(client, "POST", "", body).json()
    assert Playlist.objects.get(pk=made["id"]).items.count() == 1
    add = f"{made['id']}/tracks/"
    assert send(client, "POST", add, {"track": str(closed.pk)}).status_code == 404
    key = {"track": str(unlisted.pk), "key": unlisted.token}
    assert send(client, "POST", add, key).status_code == 201


def test_rules_are_written_by_programs_too(client: Client, fan: User) -> None:
    PublicTrackFactory.create(title="Quick", bpm="140")
    made = send(client, "POST", "", {"title": "Fast", "rules": RULES}).json()
    assert made["is_smart"]
    assert titles(client, made) == ["Quick"]
    wrong = send(client, "PATCH", f"{made['id']}/", {"rules": {"rules": [{"field": "x"}]}})
    assert wrong.status_code == 400
    assert "what to ask for" in wrong.text
    slow = {"rules": [{"field": "bpm", "operator": "most", "value": "90"}]}
    told = send(client, "PATCH", f"{made['id']}/", {"rules": slow}).json()
    assert told["items"] == []
    assert told["rules"]["rules"][0]["value"] == "90"
    Playlist.objects.update(visibility="public")
    assert send(Client(), "GET", f"{made['id']}/").json()["rules"] is None
    both = {"title": "B", "rules": RULES, "tracks": [str(PublicTrackFactory.create().pk)]}
    assert send(client, "POST", "", both).status_code == 400
    assert send(client, "PUT", f"{made['id']}/tracks/", {"tracks": []}).status_code == 400


def test_a_file_goes_in_and_out(client: Client, fan: User) -> None:
    playlist, (a, *_) = PlaylistFactory.create(owner=fan), three()
    data = f"http://testserver{a.get_absolute_url()}\n#EXTINF:1,Ada - Gone\nx\n".encode()
    answer = client.post(f"{API}{playlist.pk}/import/", {"file": SimpleUploadedFile("x", data)})
    assert answer.json() == {
        "count": 1,
        "missing": [{"title": "Gone", "artist": "Ada", "location": "x"}],
    }
    written = client.get(f"{API}{playlist.pk}/export.m3u8").content
    assert [line.title for line in m3u8.read(written)] == ["A"]
    assert client.get(f"{API}{playlist.pk}/export.xspf").status_code == 200
    wrong = client.post(f"{API}{playlist.pk}/import/", {"file": SimpleUploadedFile("x", b"<x/>")})
    assert wrong.json()["type"] == "/problems/unreadable"
    assert client.post(f"{API}{playlist.pk}/import/").status_code == 400


def test_who_works_on_it_puts_back_only_what_they_may(client: Client, fan: User) -> None:
    playlist = PlaylistFactory.create(visibility="private")
    people.invite(playlist=playlist, person=fan, by=playlist.owner)
    people.accept(playlist=playlist, person=fan)
    hidden = ReadyTrackFactory.create(owner=playlist.owner, title="Hidden")
    a, b, _ = three()
    for track in (hidden, a):
        collections.add(collection=playlist, track=track)
    place = f"{playlist.pk}/tracks/"
    assert send(client, "PUT", place, {"tracks": [str(b.pk)]}).status_code == 403
    told = send(client, "PUT", place, {"tracks": [str(b.pk), str(a.pk)]}).json()
    assert [(item["title"], item["added_by"]) for item in told["items"]] == [
        ("B", "fan"),
        ("A", playlist.owner.handle),
    ]
    assert [item.track.title for item in playlist.items.order_by("position")] == [
        *("B", "A", "Hidden")
    ]
    assert [row["id"] for row in send(client, "GET", "").json()["results"]] == [str(playlist.pk)]
    assert send(client, "PATCH", f"{playlist.pk}/", {"title": "Mine"}).status_code == 404
    assert send(client, "DELETE", f"{playlist.pk}/").status_code == 404


def test_the_queue_is_saved_as_it_is(client: Client, fan: User) -> None:
    """As the panel of the queue does it: a name, the tracks, and the keys they play by."""
    a, b, _ = three()
    unlisted = UnlistedTrackFactory.create()
    ids = [str(track.pk) for track in (b, unlisted, a)]
    body = {"title": "Queue of 30 November", "tracks": ids, "keys": [unlisted.token]}
    made = send(client, "POST", "", body).json()
    kept = Playlist.objects.get(pk=made["id"]).items.order_by("position")
    assert [str(item.track_id) for item in kept] == ids
    assert [
        entry["title"]
        for entry in client.get(f"/api/v1/lists/playlist/{Playlist.objects.get().slug}/").json()[
            "entries"
        ]
    ] == ["B", "A"]
