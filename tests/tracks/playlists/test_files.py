"""Lists leave as files, and come back: what may be heard, and nothing else."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from config.lib.problems import Problem
from tests.factories.social import UserFactory
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    UnlistedTrackFactory,
)
from tracks.collections import services as collections
from tracks.criteria.language import read as read_rules
from tracks.models import Playlist, Track
from tracks.playlists.formats import m3u8, xspf
from tracks.playlists.services import files

pytestmark = pytest.mark.django_db


def titles(playlist: Playlist | None) -> list[str]:
    assert playlist
    return [item.track.title for item in playlist.items.select_related("track")]


def send(client: Client, data: bytes, name: str = "Late.m3u8", **words: str) -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post("/playlists/new/import/", {"file": file} | words)


@pytest.mark.parametrize(("form", "ending"), [(m3u8, "m3u8"), (xspf, "xspf")])
def test_a_list_goes_out_and_comes_back(client: Client, form: Any, ending: str) -> None:
    playlist = PlaylistFactory.create(title="Late")
    for title in ("One", "Two", "One"):
        collections.add(collection=playlist, track=PublicTrackFactory.create(title=title))
    answer = client.get(f"/lists/playlist/{playlist.slug}/export.{ending}")
    assert answer["Content-Disposition"] == f'attachment; filename="late.{ending}"'
    assert [line.title for line in form.read(answer.content)] == ["One", "Two", "One"]
    assert b"http://testserver/tracks/" in answer.content
    client.force_login(UserFactory.create())
    page = send(client, answer.content, f"Late.{ending}")
    assert titles(Playlist.objects.get(title="Late", owner=page.wsgi_request.user)) == [
        *("One", "Two", "One")
    ]
    assert "all of the file" in page.text


def test_only_what_the_visitor_may_hear_goes_out(client: Client) -> None:
    playlist = PlaylistFactory.create(visibility="unlisted")
    for track in (
        PublicTrackFactory.create(title="Open"),
        ReadyTrackFactory.create(title="Mine", owner=playlist.owner),
        UnlistedTrackFactory.create(title="Hidden"),
    ):
        collections.add(collection=playlist, track=track)
    address = f"/lists/playlist/{playlist.token}/export.m3u8"
    assert [line.title for line in m3u8.read(client.get(address).content)] == ["Open"]
    assert client.get(f"/lists/playlist/{playlist.slug}/export.m3u8").status_code == 404
    client.force_login(playlist.owner)
    assert [line.title for line in m3u8.read(client.get(address).content)] == ["Open", "Mine"]
    assert client.get("/lists/none/x/export.m3u8").status_code == 404
    assert client.get("/lists/latest/all/export.xspf").status_code == 200


def test_pieces_are_found_by_address_isrc_and_words() -> None:
    fan = UserFactory.create()
    by_slug = PublicTrackFactory.create(title="By slug", slug="by-slug")
    by_key = UnlistedTrackFactory.create(title="By key")
    PublicTrackFactory.create(title="By code", isrc="GBAYE6800001")
    ada = UserFactory.create(handle="ada", display_name="Ada L.")
    PublicTrackFactory.create(title="Words", owner=ada)
    PublicTrackFactory.create(title="Words")
    PublicTrackFactory.create(title="Alone")
    ReadyTrackFactory.create(title="Closed", slug="closed", isrc="GBAYE6800002")
    data = f"""#EXTM3U
http://testserver{by_slug.get_absolute_url()}
http://testserver{by_key.get_absolute_url()}
#EXTINF:1 isrc="GB-AYE-68-00001",Somebody - Something
/home/x.mp3
#EXTINF:222,ADA  l. - words
C:\\x.mp3
#EXTINF:222,Words
which.mp3
#EXTINF:10,Ada - Words
too short.mp3
#EXTINF:223,alone
x.mp3
http://testserver/tracks/closed/
#EXTINF:1 isrc="GBAYE6800002",Closed
y.mp3
http://elsewhere.example/tracks/by-slug/
http://[bad/tracks/by-slug/
file:///tracks/by-slug/
"""
    brought = files.bring(by=fan, data=data.encode(), title="Found")
    assert titles(brought.playlist) == ["By slug", "By key", "By code", "Words", "Alone"]
    assert Track.objects.get(playlist_items__playlist=brought.playlist, title="Words").owner == ada
    assert [line.name for line in brought.missing] == [
        *("Words", "Ada – Words", "closed", "Closed", "by-slug", "by-slug", "by-slug")
    ]


def test_what_is_not_here_is_listed_and_nothing_is_made(client: Client) -> None:
    client.force_login(UserFactory.create())
    page = send(client, "#EXTINF:3,<b>Ada</b> - قصيدة\nx".encode())
    assert "Nothing of it is here" in page.text
    assert "&lt;b&gt;Ada&lt;/b&gt; – قصيدة" in page.text
    assert not Playlist.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no piece"),
        (b"x" * 1_000_001, "larger than 1 MB"),
        (b"<html></html>", "no XSPF"),
        (b"\xff\xfe<\0h\0", "breaks off"),
    ],
)
def test_a_file_that_is_none_says_so(client: Client, data: bytes, sentence: str) -> None:
    client.force_login(UserFactory.create())
    page = send(client, data, title="Kept")
    assert page.status_code == 422
    assert sentence in page.text or not data
    assert 'value="Kept"' in page.text
    assert client.post("/playlists/new/import/").status_code == 422


def test_a_long_file_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    fan = UserFactory.create()
    track = PublicTrackFactory.create(title="Same")
    rows = [f"#EXTINF:222,Same {n}\nx" for n in range(500)] + ["#EXTINF:222,Same\nx"] * 500
    data = "\n".join(rows).encode()
    with django_assert_max_num_queries(20):
        brought = files.bring(by=fan, data=data, title="Long")
    assert (brought.count, len(brought.missing)) == (500, 500)
    assert brought.playlist
    with pytest.raises(Problem, match="at most"):
        files.bring(by=fan, data=data, into=_full(brought))
    smart = PlaylistFactory.create(rules=read_rules(RULES).kept())
    with pytest.raises(Problem, match="Rules say"):
        files.bring(by=smart.owner, data=data, into=smart)
    assert track.playlist_items.count() == 500 * 2


def _full(brought: Any) -> Playlist:
    assert brought.playlist
    data = "\n".join(["#EXTINF:222,Same\nx"] * 500).encode()
    files.bring(by=brought.playlist.owner, data=data, into=brought.playlist)
    found: Playlist = brought.playlist
    return found


RULES = {"rules": [{"field": "stems", "operator": "is", "value": "no"}]}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Late.m3u8", "Late"),
        ("C:\\x\\Late.xspf", "Late"),
        ("", files.UNNAMED),
        (".m3u8", files.UNNAMED),
    ],
)
def test_a_file_names_its_playlist(name: str, title: str) -> None:
    assert files.title_of(name) == title
