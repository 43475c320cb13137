"""oEmbed: an address goes in, what a foreign page may show of it comes out."""

from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from django.test import Client
from oembedpy import consumer, discovery

from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
    UnlistedTrackFactory,
)
from tests.sites import Site
from tracks.models import ReleaseTrack

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


def ask(client: Client, path: str, **asked: Any) -> Any:
    """Ask for what is at a path of this site."""
    return client.get("/oembed/", {"url": HERE + path, **asked})


def test_a_track_in_json(client: Client) -> None:
    track = PublicTrackFactory(title='Quotes " and <b>')
    answer = ask(client, track.get_absolute_url())
    assert answer["Content-Type"] == "application/json"
    told = answer.json()
    assert (told["version"], told["type"]) == ("1.0", "rich")
    assert told["title"] == track.title
    assert told["author_name"] == track.owner.name
    assert told["provider_name"] == "Nexus"
    assert f'src="{HERE}/embed/track/{track.pk}"' in told["html"]
    assert "<b>" not in told["html"]
    assert (told["width"], told["height"]) == (640, 168)
    assert client.get(told["thumbnail_url"]).status_code == 302


def test_the_same_in_xml(client: Client) -> None:
    track = PublicTrackFactory(title="Ampersand & <b> \x0b bell")
    answer = ask(client, track.get_absolute_url(), format="xml")
    assert answer["Content-Type"].startswith("text/xml")
    told = {row.tag: row.text for row in ElementTree.fromstring(answer.content)}
    assert told["title"] == "Ampersand & <b>  bell"
    assert told["html"].startswith("<iframe ")
    assert told["width"] == "640"


@pytest.mark.parametrize(
    ("room", "size"),
    [
        ({"maxwidth": 400}, (400, 168)),
        ({"maxheight": 120}, (640, 120)),
        ({"maxwidth": 9000, "maxheight": 9000}, (640, 168)),
        ({"maxwidth": 1, "maxheight": 1}, (1, 1)),
    ],
)
def test_it_fits_the_room_there_is(
    client: Client, room: dict[str, int], size: tuple[int, int]
) -> None:
    told = ask(client, PublicTrackFactory().get_absolute_url(), **room).json()
    assert (told["width"], told["height"]) == size
    assert f'width="100%" height="{size[1]}" style="max-width:{size[0]}px"' in told["html"]
    fits = min(room.get("maxwidth", 9000), room.get("maxheight", 9000)) >= 200
    assert ("thumbnail_url" in told) is fits


def test_lists_and_frames_have_answers_too(client: Client) -> None:
    track, release, playlist = PublicTrackFactory(), ReleaseFactory(), PlaylistFactory()
    for path, height in [
        (release.get_absolute_url(), 440),
        (playlist.get_absolute_url(), 440),
        (f"/embed/track/{track.pk}", 168),
        (f"/embed/release/{release.pk}", 440),
    ]:
        assert ask(client, path).json()["height"] == height


def test_who_holds_the_link_of_an_unlisted_track_may_embed_it(client: Client) -> None:
    track = UnlistedTrackFactory()
    told = ask(client, track.get_absolute_url()).json()
    assert f"/embed/track/{track.pk}?key={track.token}" in told["html"]
    assert client.get(told["thumbnail_url"]).status_code == 302


def test_what_is_not_everybodys_is_401(client: Client) -> None:
    private, unlisted = ReadyTrackFactory(), UnlistedTrackFactory()
    release = ReleaseFactory(visibility="private")
    paths = [f"/tracks/{private.slug}/", f"/tracks/{unlisted.slug}/", f"/releases/{release.slug}/"]
    for path in [*paths, f"/embed/track/{private.pk}"]:
        answer = ask(client, path)
        assert answer.status_code == 401, path
        assert answer["Content-Type"] == "application/problem+json"
        assert private.title not in answer.content.decode()
    client.force_login(private.owner)
    assert ask(client, paths[0]).status_code == 401, "an answer is the same for all"


@pytest.mark.parametrize(
    "url",
    [
        f"{HERE}/tracks/none/",
        f"{HERE}/t/{'x' * 22}/",
        f"{HERE}/",
        f"{HERE}/upload/",
        f"{HERE}/releases/new/",
        "http://elsewhere.example/tracks/song/",
        "ftp://testserver/tracks/song/",
        "http://[broken",
        "nonsense",
        "\x00",
    ],
)
def test_what_is_not_here_is_404(client: Client, url: str) -> None:
    assert client.get("/oembed/", {"url": url}).status_code == 404


def test_a_foreign_address_of_the_same_path_is_not_ours(client: Client) -> None:
    track = PublicTrackFactory()
    asked = {"url": f"https://elsewhere.example{track.get_absolute_url()}"}
    assert client.get("/oembed/", asked).status_code == 404


def test_an_unknown_format_is_501_and_no_url_400(client: Client) -> None:
    assert ask(client, "/", format="yaml").status_code == 501
    assert client.get("/oembed/").status_code == 400
    path = PublicTrackFactory().get_absolute_url()
    for size in ("wide", "-1", "0", "²"):
        assert ask(client, path, maxwidth=size).status_code == 400


def test_an_answer_takes_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    track = PublicTrackFactory()
    with django_assert_max_num_queries(2):
        ask(client, track.get_absolute_url())


@pytest.mark.django_db(transaction=True)
def test_a_consumer_from_pypi_finds_and_reads_it(site: Site) -> None:
    """oembedpy reads the page, finds the endpoint in its head, and asks it."""
    track, private = PublicTrackFactory(title="Found"), ReadyTrackFactory()
    release = ReleaseFactory(title="Album")
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    site.serve()
    with site.client() as warm:  # a first page takes longer than a consumer waits
        warm.get(track.get_absolute_url())
    for thing, height in ((track, 168), (release, 440)):
        endpoint, asked = discovery.find_from_content(site.url + thing.get_absolute_url())
        for form in ("json", "xml"):
            asked.format, asked.max_width = form, 500
            found: Any = consumer.fetch_content(endpoint, asked)
            assert found.title == thing.title
            assert (int(found.width), int(found.height)) == (500, height)
            assert f"/embed/{'track' if thing is track else 'release'}/{thing.pk}" in found.html
    asked.url = f"{site.url}/tracks/{private.slug}/"
    with pytest.raises(httpx.HTTPStatusError, match="401"):
        consumer.fetch_content(endpoint, asked)


@pytest.mark.parametrize("change", [
    lambda url: url.removesuffix("/"),
    lambda url: url.replace("testserver", "TestServer:80"),
    lambda url: url.replace("http://", "HTTP://"),
    lambda url: f" {url}",
])  # fmt: skip
def test_an_address_as_people_write_it(client: Client, change: Any) -> None:
    track = PublicTrackFactory.create()
    url = change(HERE + track.get_absolute_url())
    assert client.get("/oembed/", {"url": url}).json()["title"] == track.title


@pytest.mark.parametrize("url", ["http://testserver:81", "http://testserver:x", "ftp://testserver"])
def test_another_place_is_another_place(client: Client, url: str) -> None:
    track = PublicTrackFactory.create()
    answer = client.get("/oembed/", {"url": url + track.get_absolute_url()})
    assert answer.status_code == 404


def test_a_frame_fits_a_phone(client: Client) -> None:
    track = PublicTrackFactory.create()
    told = ask(client, track.get_absolute_url(), maxwidth=500).json()
    assert 'width="100%"' in told["html"]
    assert 'style="max-width:500px"' in told["html"]
    assert told["width"] == 500
