"""What search engines and other sites read in the head of a page."""

import io
import json
import re
from datetime import date, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.factories.review import ReviewLinkFactory
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
    UnlistedTrackFactory,
)
from tracks.covers import services as covers
from tracks.models import PlaylistItem, Release, ReleaseTrack

pytestmark = pytest.mark.django_db
HERE = "http://testserver"
NASTY = "</script><script>alert(1)</script>&amp; \u2028 “x”"


def facts(html: str) -> Any:
    """Return the JSON-LD of a page."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])


def metas(html: str) -> dict[str, str]:
    """Return the properties a page tells of itself."""
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', html))


def test_a_track_is_a_recording(client: Client) -> None:
    track = PublicTrackFactory(title="Harbour")
    told = facts(client.get(track.get_absolute_url()).content.decode())
    assert told["@context"] == "https://schema.org"
    assert told["@type"] == "MusicRecording"
    assert told["name"] == "Harbour"
    assert told["url"] == HERE + track.get_absolute_url()
    assert told["duration"] == "PT222S"
    assert told["byArtist"]["name"] == track.owner.name
    assert client.get(told["image"]).status_code == 302


def test_no_title_ends_the_script(client: Client) -> None:
    track = PublicTrackFactory(title=NASTY)
    html = client.get(track.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    assert facts(html)["name"] == NASTY


def test_a_release_is_an_album_with_its_tracks_in_order(client: Client) -> None:
    release = ReleaseFactory(kind="ep", released_on=date(2026, 3, 1))
    tracks = [PublicTrackFactory(owner=release.owner) for _ in range(2)]
    hidden = ReadyTrackFactory(owner=release.owner)
    for position, track in enumerate([*reversed(tracks), hidden], start=1):
        ReleaseTrack.objects.create(release=release, track=track, position=position)
    html = client.get(release.get_absolute_url()).content.decode()
    told = facts(html)
    assert told["@type"] == "MusicAlbum"
    assert told["albumReleaseType"] == "https://schema.org/EPRelease"
    assert told["datePublished"] == "2026-03-01"
    assert told["numTracks"] == 2
    names = [row["item"]["name"] for row in told["track"]["itemListElement"]]
    assert names == [track.title for track in reversed(tracks)]
    assert hidden.title not in html


def test_before_its_hour_a_release_is_told_of_without_a_piece(client: Client) -> None:
    hour = timezone.now() + timedelta(days=3)
    release = ReleaseFactory(title="Dawn", release_at=hour, time_zone="Pacific/Kiritimati")
    track = ReadyTrackFactory(owner=release.owner, title="Hidden piece")
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    html = client.get(release.get_absolute_url()).content.decode()
    told, day = facts(html), hour.astimezone(ZoneInfo("Pacific/Kiritimati")).date()
    assert (told["@type"], told["datePublished"]) == ("MusicAlbum", day.isoformat())
    assert not {"track", "numTracks", "image"} & told.keys()
    said = metas(html)
    assert said["og:title"] == "Dawn"
    assert f"comes out on {day.day} {day:%B %Y}" in said["og:description"]
    assert f'<link rel="canonical" href="{HERE}{release.get_absolute_url()}">' in html
    assert not {"og:image", "twitter:player"} & said.keys()
    assert "oembed" not in html
    assert "Hidden piece" not in html


def test_the_cover_of_what_is_announced_is_shown_to_other_sites(client: Client) -> None:
    hour = timezone.now() + timedelta(days=3)
    release = ReleaseFactory(release_at=hour)
    picture = io.BytesIO()
    Image.new("RGB", (400, 400), (9, 99, 9)).save(picture, "PNG")
    covers.put(thing=release, data=picture.getvalue(), by=release.owner)
    address = metas(client.get(release.get_absolute_url()).content.decode())["og:image"]
    assert client.get(address).status_code == 302
    Release.objects.update(visibility="private")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("kind", Release.Kind.values)
def test_every_kind_of_release_has_its_words(client: Client, kind: str) -> None:
    release = ReleaseFactory.create(kind=kind)
    told = facts(client.get(release.get_absolute_url()).content.decode())
    assert told["albumReleaseType"].startswith("https://schema.org/")
    assert ("albumProductionType" in told) == (kind in {"compilation", "live", "mix"})


def test_a_playlist_is_a_playlist(client: Client) -> None:
    playlist = PlaylistFactory()
    PlaylistItem.objects.create(playlist=playlist, track=PublicTrackFactory(), position=1)
    told = facts(client.get(playlist.get_absolute_url()).content.decode())
    assert (told["@type"], told["numTracks"]) == ("MusicPlaylist", 1)


def test_cards_of_other_sites_play_it(client: Client) -> None:
    track = PublicTrackFactory(title="Harbour")
    html = client.get(track.get_absolute_url()).content.decode()
    told = metas(html)
    assert told["og:title"] == told["twitter:title"] == "Harbour"
    assert told["og:type"] == "music.song"
    assert told["og:url"] == HERE + track.get_absolute_url()
    assert told["music:duration"] == "222"
    assert told["twitter:card"] == "player"
    assert told["twitter:player"] == f"{HERE}/embed/track/{track.pk}"
    assert client.get(told["twitter:player"]).status_code == 200
    assert f'<link rel="canonical" href="{HERE}{track.get_absolute_url()}">' in html


def test_discovery_links_lead_to_answers(client: Client) -> None:
    for thing in (PublicTrackFactory(), ReleaseFactory(), PlaylistFactory()):
        html = client.get(thing.get_absolute_url()).content.decode()
        links = dict(re.findall(r'<link rel="alternate" type="([^"]+oembed)" href="([^"]+)"', html))
        assert set(links) == {"application/json+oembed", "text/xml+oembed"}
        for link in links.values():
            assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_an_unlisted_page_tells_only_who_has_it(client: Client) -> None:
    track = UnlistedTrackFactory()
    page = client.get(track.get_absolute_url())
    told = metas(page.content.decode())
    assert told["twitter:player"].endswith(f"?key={track.token}")
    assert page["X-Robots-Tag"] == "noindex"


def test_a_private_page_tells_nobody(client: Client) -> None:
    track = ReadyTrackFactory()
    client.force_login(track.owner)
    html = client.get(track.get_absolute_url()).content.decode()
    assert "og:title" not in html
    assert "oembed" not in html
    assert "ld+json" not in html
    assert 'id="share"' not in html


def test_a_review_link_does_not_tell_the_unlisted_address() -> None:
    """Who came by another key learns neither the address nor the embed, which need its own."""
    link = ReviewLinkFactory(track=UnlistedTrackFactory())
    track = link.track
    html = Client().get(f"/r/{link.token}/").content.decode()
    assert track.title in html
    assert track.token not in html
    assert Client().get(f"/embed/track/{track.pk}?key={link.token}").status_code == 404
    client = Client()
    client.force_login(track.owner)
    assert track.token in client.get(track.get_absolute_url()).content.decode()


def test_the_code_to_copy_is_text(client: Client) -> None:
    """What is copied out of the page must still be escaped where it is pasted."""
    track = PublicTrackFactory(title='"><script>alert(1)</script>')
    html = client.get(track.get_absolute_url()).content.decode()
    (area,) = re.findall(r"<textarea id=\"share-code\".*?>(.*?)</textarea>", html, re.DOTALL)
    assert unescape(area).startswith("<iframe ")
    assert "<script" not in unescape(area)


def test_other_sites_are_told_the_artists_own_words(client: Client) -> None:
    track = PublicTrackFactory.create(
        description_md="**Written** at [sea](https://a.example), " * 9
    )
    page = client.get(track.get_absolute_url()).text
    assert '<meta property="og:description" content="Written at sea, Written' in page
    assert page.count("Written at sea, Written") >= 2
    PublicTrackFactory.create(slug="mute", description_md="", title="Mute")
    assert 'og:description" content="Mute by ' in client.get("/tracks/mute/").text
