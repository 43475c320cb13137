"""What is reserved is said by pages, beside the sound, and at the places where programs look."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.checks import run_checks
from django.test import Client

from assistant.consent import services
from media_pipeline.delivery import media_url
from media_pipeline.storage import get_storage
from tests.factories.tracks import PublicTrackFactory, UnlistedTrackFactory
from tracks.models import Track

pytestmark = pytest.mark.django_db
HEADER = "tdm-reservation"
META = '<meta name="tdm-reservation" content="{}">'


def of_page(client: Client, track: Track) -> str:
    answer = client.get(track.get_absolute_url())
    assert META.format(answer.headers[HEADER]) in answer.text
    return str(answer.headers[HEADER])


@pytest.mark.parametrize(("site", "said"), [("reserved", "1"), ("open", "0")])
def test_the_site_says_it_everywhere(client: Client, settings: Any, site: str, said: str) -> None:
    settings.NEXUS_MINING = site
    assert of_page(client, PublicTrackFactory.create()) == said
    assert of_page(client, UnlistedTrackFactory.create()) == said
    for place in ("/", "/search/?q=a", "/sitemap.xml", "/api/v1/search/?q=a", "/nothing/"):
        assert client.get(place).headers[HEADER] == said, place
    assert client.get("/.well-known/tdmrep.json").json() == [
        {"location": "/", HEADER: int(said)},
    ]
    text = client.get("/ai.txt").text
    assert ("Disallow: /" in text) is (said == "1")
    assert "http://testserver/.well-known/tdmrep.json" in text


@pytest.mark.parametrize(
    ("site", "owner", "said"), [("reserved", "open", "0"), ("open", "reserved", "1")]
)
def test_an_owner_has_the_last_word(
    client: Client, settings: Any, site: str, owner: str, said: str
) -> None:
    settings.NEXUS_MINING = site
    track, other = PublicTrackFactory.create(), PublicTrackFactory.create()
    services.say(track=track, by=track.owner, mining=owner)
    assert of_page(client, track) == said
    assert of_page(client, other) != said
    private = UnlistedTrackFactory.create()
    services.say(track=private, by=private.owner, mining=owner)
    first, rest = client.get("/.well-known/tdmrep.json").json()
    assert first == {"location": track.get_absolute_url(), HEADER: int(said)}
    assert (rest["location"], rest[HEADER]) == ("/", 1 - int(said))
    services.say(track=track, by=track.owner, mining="")
    assert of_page(client, track) != said


def test_it_is_said_beside_the_sound(client: Client, settings: Any) -> None:
    track = PublicTrackFactory.create()
    media = track.primary_version.media
    key = f"transcodes/{media.asset_id}/{media.asset.attempt}/mp3_320.mp3"
    get_storage().write(key, b"music", content_type="audio/mpeg")

    def told() -> str:
        cache.clear()  # what delivery knows of a media is kept for half a minute
        answer = client.get(media_url(media, media.asset.attempt, "mp3_320.mp3"))
        assert answer.status_code == 200
        return str(answer.headers[HEADER])

    try:
        assert told() == "1"
        services.say(track=track, by=track.owner, mining="open")
        assert told() == "0"
        settings.NEXUS_MINING = "open"
        services.say(track=track, by=track.owner, mining="reserved")
        assert told() == "1"
    finally:
        get_storage().delete(key)


def test_the_terms_are_named_where_there_are_some(client: Client, settings: Any) -> None:
    settings.NEXUS_MINING_POLICY = "https://music.example/mining.json"
    assert client.get("/").headers["tdm-policy"] == settings.NEXUS_MINING_POLICY
    told = client.get("/.well-known/tdmrep.json").json()[0]
    assert told["tdm-policy"] == settings.NEXUS_MINING_POLICY
    settings.NEXUS_MINING = "open"
    assert "tdm-policy" not in client.get("/").headers


def test_crawlers_that_gather_are_turned_away(client: Client, settings: Any) -> None:
    text = client.get("/robots.txt").text
    first, rest = text.split("\n\n", 1)
    assert "User-agent: GPTBot" in first
    assert first.endswith("Disallow: /")
    assert rest.startswith("User-agent: *")
    settings.NEXUS_MINING = "open"
    assert "GPTBot" not in client.get("/robots.txt").text
    settings.NEXUS_MINING, settings.NEXUS_CRAWLERS_REFUSED = "reserved", []
    assert client.get("/robots.txt").text.startswith("User-agent: *")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NEXUS_MACHINES", "everywhere"),
        ("NEXUS_MINING", "yes"),
        ("NEXUS_MINING_POLICY", "javascript:x"),
    ],
)
def test_what_says_nothing_is_refused_before_the_start(
    settings: Any, name: str, value: str
) -> None:
    from config.process import startup

    assert not run_checks(tags=["machines"])
    setattr(settings, name, value)
    with pytest.raises(SystemExit, match=name):
        startup.refuse_other_money()
