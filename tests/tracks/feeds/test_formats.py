"""Each feed in three formats, read by a reader of feeds and by strict parsers."""

import json
from datetime import UTC, datetime
from html import unescape
from typing import Any

import feedparser
import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from social.models import Note
from tests.factories.described import credit, tag_on
from tests.factories.notes import NoteFactory
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, ReleaseFactory
from tracks.models import PlaylistItem, ReleaseTrack, Track

pytestmark = pytest.mark.django_db
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
HERE = "http://testserver"


@pytest.fixture
def track() -> Track:
    made = PublicTrackFactory.create(
        title="Tide & <Foam>",
        description_md="At *dawn*. <script>alert(1)</script>",
        licence="cc-by-4.0",
        is_explicit=True,
        published_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    )
    credit(made, "Bo", "mastering")
    tag_on(made, "Calm")
    return made


def addresses(track: Track) -> list[str]:
    """Return a feed of each kind that the track is in."""
    release, playlist = ReleaseFactory.create(owner=track.owner), PlaylistFactory.create()
    ReleaseTrack.objects.create(release=release, track=track, position=3, disc=2)
    PlaylistItem.objects.create(playlist=playlist, track=track, position=1)
    name = track.credits.get().name
    return [
        "/feeds/",
        f"/feeds/people/{track.owner.handle}/",
        f"/feeds/artists/{name.slug}/",
        f"/feeds/releases/{release.slug}/",
        f"/feeds/playlists/{playlist.slug}/",
        "/feeds/tags/calm/",
    ]


def test_a_reader_of_feeds_reads_every_one(client: Client, track: Track) -> None:
    for place in addresses(track):
        for file, version in (("rss.xml", "rss20"), ("atom.xml", "atom10")):
            answer = client.get(place + file)
            headers = {name.lower(): word for name, word in answer.headers.items()}
            found = feedparser.parse(answer.content, response_headers=headers)
            assert not found.bozo, found.bozo_exception
            assert found.version == version, place
            assert found.feed.title
            assert found.feed.link.startswith(HERE)
            (entry,) = found.entries
            assert unescape(entry.title) == track.title
            assert entry.link == HERE + track.get_absolute_url()
            assert entry.id == f"urn:uuid:{track.pk}"
            assert entry.enclosures[0].href == f"{HERE}/feeds/tracks/{track.pk}/audio.mp3"
            assert entry.enclosures[0].type == "audio/mpeg"
            assert int(entry.enclosures[0].length) == 1_000_000
            assert [tag.term for tag in entry.tags] == ["Calm"]
            assert "<em>dawn</em>" in entry.content[0].value
            assert "<script" not in answer.text


def test_json_feed_has_what_the_standard_asks_for(client: Client, track: Track) -> None:
    for place in addresses(track):
        answer = client.get(f"{place}feed.json")
        assert answer["Content-Type"].startswith("application/feed+json")
        told = answer.json()
        assert told["version"] == "https://jsonfeed.org/version/1.1"
        assert told["title"]
        assert told["feed_url"] == f"{HERE}{place}feed.json"
        (item,) = told["items"]
        assert item["id"] == f"urn:uuid:{track.pk}"
        assert item["content_html"] or item["content_text"]
        assert item["date_published"].startswith("20")
        (sound,) = item["attachments"]
        assert sound["mime_type"] == "audio/mpeg"
        assert (sound["size_in_bytes"], sound["duration_in_seconds"]) == (1_000_000, 222)
        assert None not in [*told.values(), *item.values()]


def rss_of(client: Client, place: str) -> tuple[Any, Any]:
    """Return the channel and its one item."""
    channel = fromstring(client.get(f"{place}rss.xml").content).find("channel")
    return channel, channel.find("item")


def test_podcast_players_find_their_tags(client: Client, track: Track) -> None:
    NoteFactory.create(version=track.primary_version)
    channel, item = rss_of(client, "/feeds/")
    assert channel.find(f"{PODCAST}medium").text == "music"
    assert channel.find(f"{ITUNES}explicit").text == "true"
    assert channel.find(f"{ITUNES}category").get("text") == "Music"
    person = item.find(f"{PODCAST}person")
    assert (person.text, person.get("role")) == ("Bo", "mastering engineer")
    licence = item.find(f"{PODCAST}license")
    assert licence.get("url") == "https://creativecommons.org/licenses/by/4.0/"
    assert item.find(f"{ITUNES}duration").text == "222"
    assert item.find(f"{ITUNES}image").get("href") == f"{HERE}/cover/track/{track.pk}.jpg"
    assert item.find("guid").get("isPermaLink") == "false"
    stream = item.find(f"{PODCAST}alternateEnclosure/{PODCAST}source")
    assert client.get(stream.get("uri")).status_code == 302
    chapters = item.find(f"{PODCAST}chapters")
    assert chapters.get("type") == "application/json+chapters"
    told = client.get(chapters.get("url")).json()
    assert [row["startTime"] for row in told["chapters"]] == [12.0]
    assert told["chapters"][0]["title"].endswith("The bass comes in late.")


def test_a_release_is_in_its_order(client: Client, track: Track) -> None:
    place = addresses(track)[3]
    channel, item = rss_of(client, place)
    assert channel.find(f"{ITUNES}type").text == "serial"
    words = [item.find(f"{ITUNES}{name}").text for name in ("season", "episode")]
    assert words == ["2", "3"]


def test_the_guid_of_a_feed_outlives_its_address(client: Client, track: Track) -> None:
    release = ReleaseFactory.create(slug="dawn")
    before = rss_of(client, "/feeds/releases/dawn/")[0].find(f"{PODCAST}guid").text
    release.slug = "dusk"
    release.save()
    after = rss_of(client, "/feeds/releases/dusk/")[0].find(f"{PODCAST}guid").text
    assert before == after != rss_of(client, "/feeds/")[0].find(f"{PODCAST}guid").text


def test_what_xml_cannot_hold_is_left_out(client: Client) -> None:
    PublicTrackFactory.create(title="a\x0bb\ufffe", description_md="]]>\x01 & \x1b[0m")
    for file in ("rss.xml", "atom.xml"):
        root = fromstring(client.get(f"/feeds/{file}").content)
        assert "ab" in {node.text for node in root.iter()}
    assert json.loads(client.get("/feeds/feed.json").content)["items"]


def test_where_there_is_no_mp3_yet_the_stream_stands_in(client: Client, track: Track) -> None:
    track.primary_version.media.asset.renditions.filter(format="mp3_320").delete()
    _, item = rss_of(client, "/feeds/")
    assert item.find("enclosure") is None
    assert item.find(f"{PODCAST}alternateEnclosure").get("default") == "true"
    (attached,) = client.get("/feeds/feed.json").json()["items"][0]["attachments"]
    assert attached["mime_type"] == "application/vnd.apple.mpegurl"
    assert client.get(f"/feeds/tracks/{track.pk}/audio.mp3").status_code == 404


def test_notes_that_are_not_for_everybody_are_no_chapters(client: Client, track: Track) -> None:
    shown = NoteFactory.create(version=track.primary_version)
    for words in ({"visibility": "reviewers"}, {"removed_at": track.published_at}):
        NoteFactory.create(version=track.primary_version, body_md="Not for all", **words)
    NoteFactory.create(version=track.primary_version, parent=shown, body_md="A reply")
    place = f"/feeds/tracks/{track.pk}/chapters.json"
    assert len(client.get(place).json()["chapters"]) == 1
    Note.objects.all().delete()
    assert client.get(place).status_code == 404
    assert "chapters.json" not in client.get("/feeds/rss.xml").text
