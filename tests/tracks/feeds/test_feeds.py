"""What is in a feed: what a visitor may open, whoever asks; and how programs fetch it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date

from tests.factories import moderation as judges
from tests.factories.described import tag_on
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
    UnlistedTrackFactory,
)
from tracks.criteria.language import read
from tracks.models import FormerSlug, Playlist, PlaylistItem, Release, ReleaseTrack, Track

pytestmark = pytest.mark.django_db
FILES = ("rss.xml", "atom.xml", "feed.json")


def titles(client: Client, place: str) -> list[str]:
    return [item["title"] for item in client.get(f"{place}feed.json").json()["items"]]


def filled(model: Any, factory: Any, tracks: list[Track], **words: Any) -> Any:
    """Return a list with these tracks in this order."""
    made = factory.create(owner=tracks[0].owner, **words)
    for place, track in enumerate(tracks, start=1):
        model.objects.create(
            **{factory._meta.model._meta.model_name: made}, track=track, position=place
        )
    return made


def test_only_what_everybody_may_open_is_in_them(client: Client) -> None:
    owner = PublicTrackFactory.create(title="Open").owner
    hour = timezone.now() + timedelta(hours=1)
    tracks = [
        Track.objects.get(title="Open"),
        ReadyTrackFactory.create(owner=owner, title="Private"),
        UnlistedTrackFactory.create(owner=owner, title="Unlisted"),
        PublicTrackFactory.create(owner=owner, title="Deleted"),
        PublicTrackFactory.create(owner=owner, title="To come", release_at=hour, published_at=None),
    ]
    for track in tracks:
        tag_on(track, "Calm")
    Track.objects.filter(title="Deleted").update(deleted_at=timezone.now())
    release = filled(ReleaseTrack, ReleaseFactory, tracks)
    playlist = filled(PlaylistItem, PlaylistFactory, tracks)
    rules = read({"rules": [{"field": "tag", "operator": "is", "value": "calm"}]}).kept()
    smart = PlaylistFactory.create(owner=owner, rules=rules)
    places = ["/feeds/", f"/feeds/people/{owner.handle}/", "/feeds/tags/calm/"]
    places += [f"/feeds/releases/{release.slug}/"]
    places += [f"/feeds/playlists/{each.slug}/" for each in (playlist, smart)]
    client.force_login(owner)  # an owner's feed is everybody's, too
    for place in places:
        assert titles(client, place) == ["Open"], place
        words = client.get(place).text
        assert "Private" not in words.replace("Private: only", "")
        assert "To come" not in words
    judges.ban(owner)
    assert titles(client, "/feeds/") == []
    assert {client.get(f"{place}rss.xml").status_code for place in places[1:]} == {404}


@pytest.mark.parametrize("state", ["private", "unlisted", "deleted", "to come"])
@pytest.mark.parametrize("kind", ["release", "playlist"])
def test_a_list_that_is_not_open_to_all_has_no_feed(client: Client, kind: str, state: str) -> None:
    factory, model = (ReleaseFactory, Release) if kind == "release" else (PlaylistFactory, Playlist)
    made = factory.create()
    words = {
        "private": {"visibility": "private"},
        "unlisted": {"visibility": "unlisted"},
        "deleted": {"deleted_at": timezone.now()},
        "to come": {"release_at": timezone.now() + timedelta(hours=1)},
    }[state]
    if kind == "playlist" and state == "to come":
        words = {"visibility": "private"}
    place = f"/feeds/{kind}s/{made.slug}/"
    assert client.get(place).status_code == 200
    model.everything.filter(pk=made.pk).update(**words)
    client.force_login(made.owner)
    assert {client.get(place + file).status_code for file in ("", *FILES)} == {404}


def test_the_newest_fifty_and_then_the_next(client: Client) -> None:
    now = timezone.now()
    owner = PublicTrackFactory.create(title="52", published_at=now).owner
    for number in range(52):
        moment = now - timedelta(minutes=52 - number)
        PublicTrackFactory.create(owner=owner, title=str(number), published_at=moment)
    first = client.get("/feeds/feed.json").json()
    assert [item["title"] for item in first["items"]] == [str(n) for n in range(52, 2, -1)]
    second = client.get(first["next_url"]).json()
    assert [item["title"] for item in second["items"]] == ["2", "1", "0"]
    assert "next_url" not in second
    atom = client.get("/feeds/atom.xml").text
    assert 'rel="next"' in atom
    assert client.get("/feeds/feed.json?before=nonsense").status_code == 404
    with CaptureQueriesContext(connection) as asked:
        client.get("/feeds/rss.xml")
    assert len(asked) <= 8


def test_a_long_release_goes_on_behind_its_fiftieth_track(client: Client) -> None:
    owner = PublicTrackFactory.create().owner
    tracks = [PublicTrackFactory.create(owner=owner, title=str(n)) for n in range(52)]
    release = filled(ReleaseTrack, ReleaseFactory, tracks)
    first = client.get(f"/feeds/releases/{release.slug}/feed.json").json()
    assert [item["title"] for item in first["items"]] == [str(n) for n in range(50)]
    assert [item["title"] for item in client.get(first["next_url"]).json()["items"]] == ["50", "51"]


def test_a_playlist_tells_what_came_into_it_last(client: Client) -> None:
    old = PublicTrackFactory.create(title="Old", published_at=timezone.now() - timedelta(days=900))
    new = PublicTrackFactory.create(title="New")
    playlist = filled(PlaylistItem, PlaylistFactory, [old, new, old])
    assert titles(client, f"/feeds/playlists/{playlist.slug}/") == ["Old", "New"]


@pytest.mark.parametrize("file", FILES)
def test_who_has_it_already_is_told_so(client: Client, file: str) -> None:
    PublicTrackFactory.create()
    place = f"/feeds/{file}"
    answer = client.get(place)
    has = {"HTTP_IF_NONE_MATCH": answer["ETag"]}
    again = client.get(place, **has)
    assert (again.status_code, again.content) == (304, b"")
    since = {"HTTP_IF_MODIFIED_SINCE": answer["Last-Modified"]}
    assert client.get(place, **since).status_code == 304
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    PublicTrackFactory.create()
    assert client.get(place, **has).status_code == 200


def test_what_is_taken_away_is_a_change_too(client: Client, settings: Any) -> None:
    old = PublicTrackFactory.create()
    new = PublicTrackFactory.create()
    etag = client.get("/feeds/rss.xml")["ETag"]
    Track.objects.filter(pk=new.pk).update(visibility="private")
    assert client.get("/feeds/rss.xml", HTTP_IF_NONE_MATCH=etag).status_code == 200
    ago = http_date((timezone.now() - timedelta(minutes=1)).timestamp())
    assert client.get("/feeds/rss.xml", HTTP_IF_MODIFIED_SINCE=ago).status_code == 200
    assert str(old.pk) in client.get("/feeds/rss.xml").text


def test_the_sound_has_an_address_that_stays(client: Client) -> None:
    track = PublicTrackFactory.create()
    for file, ending in (("audio.mp3", "/a1/mp3_320.mp3"), ("stream.m3u8", "/a1/master.m3u8")):
        place = f"/feeds/tracks/{track.pk}/{file}"
        for method in (client.get, client.head):
            answer = method(place)
            assert answer.status_code == 302
            assert answer["Location"].endswith(ending)
            assert answer["Cache-Control"] == "no-store"
    Track.objects.filter(pk=track.pk).update(visibility="unlisted")
    client.force_login(track.owner)
    assert client.get(f"/feeds/tracks/{track.pk}/audio.mp3").status_code == 404


def test_a_former_slug_leads_on(client: Client) -> None:
    release = ReleaseFactory.create(slug="dusk")
    FormerSlug.objects.create(slug="dawn", release=release)
    answer = client.get("/feeds/releases/dawn/rss.xml")
    assert (answer.status_code, answer["Location"]) == (301, "/feeds/releases/dusk/rss.xml")


def test_every_page_names_its_feeds_and_shows_the_way(client: Client) -> None:
    track = PublicTrackFactory.create()
    tag = tag_on(track, "Calm").tag
    release = filled(ReleaseTrack, ReleaseFactory, [track])
    playlist = filled(PlaylistItem, PlaylistFactory, [track])
    pages = {
        "/": "/feeds/",
        track.owner.get_absolute_url(): f"/feeds/people/{track.owner.handle}/",
        release.get_absolute_url(): f"/feeds/releases/{release.slug}/",
        playlist.get_absolute_url(): f"/feeds/playlists/{playlist.slug}/",
        tag.get_absolute_url(): "/feeds/tags/calm/",
    }
    for page, place in pages.items():
        words = client.get(page).text
        for kind, file in zip(("rss+xml", "atom+xml", "feed+json"), FILES, strict=True):
            link = f'<link rel="alternate" type="application/{kind}"'
            assert link in words, page
            assert f'href="{place}{file}"' in words, page
        assert f'href="{place}">' in words, page
        assert f'value="http://testserver{place}rss.xml"' in client.get(place).text
    Release.objects.filter(pk=release.pk).update(visibility="unlisted")
    release.refresh_from_db()
    assert "/feeds/" not in client.get(release.get_absolute_url()).text
