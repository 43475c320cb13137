"""What pages offer to keep, to whom, and the page on which an owner decides it."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from social.models import Notification
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReleaseFactory
from tests.jobs import read_events
from tests.tracks.downloads.giving import Shelf, fetch, prepare
from tracks.downloads.services import people
from tracks.models import DownloadGrant, ListedListener, Release, ReleaseTrack, Track

pytestmark = pytest.mark.django_db


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def offered(client: Client, thing: Track | Release) -> set[str]:
    page = client.get(thing.get_absolute_url()).content.decode()
    kind = "track" if isinstance(thing, Track) else "release"
    base = f"/{kind}s/{thing.slug}/download/?what="
    return {part.split('"')[0].split("&")[0] for part in page.split(base)[1:]}


def release_of(track: Track, **fields: str) -> Release:
    release: Release = ReleaseFactory.create(owner=track.owner, **fields)
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    return release


def test_what_is_open_to_everybody_is_on_the_page_for_all() -> None:
    track = PublicTrackFactory.create(gives_flac="everybody", gives_mp3="everybody")
    assert offered(Client(), track) == {"flac", "mp3"}
    assert offered(client_of(track.owner), track) == {"original", "flac", "mp3"}
    page = Client().get(track.get_absolute_url()).content.decode()
    assert "320 kbit/s, 1.0\xa0MB" in page
    assert "lossless, about 1.0\xa0MB" in page


def test_a_page_that_offers_nothing_costs_no_query_more() -> None:
    plain, open_ = PublicTrackFactory.create(), PublicTrackFactory.create(gives_mp3="everybody")
    counts = []
    for track in (plain, open_):
        with CaptureQueriesContext(connection) as asked:
            Client().get(track.get_absolute_url())
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_who_is_on_the_list_sees_more_and_nobody_else_does() -> None:
    track = PublicTrackFactory.create(gives_flac="listed", gives_original="granted")
    fan, friend = UserFactory.create(), UserFactory.create()
    people.list_listener(owner=track.owner, person=fan)
    people.grant(thing=track, person=friend, by=track.owner)
    assert offered(client_of(fan), track) == {"flac"}
    assert offered(client_of(friend), track) == {"flac", "original"}
    assert offered(Client(), track) == set()
    assert offered(client_of(UserFactory.create()), track) == set()


def test_a_release_offers_its_zip_and_each_of_its_files() -> None:
    track = PublicTrackFactory.create()
    release = release_of(track, download="everybody")
    assert offered(Client(), release) == {"original", "flac", "mp3"}
    assert offered(Client(), track) == {"original", "flac", "mp3"}
    closed = release_of(PublicTrackFactory.create(), download="listed")
    fan = UserFactory.create()
    people.list_listener(owner=closed.owner, person=fan)
    assert offered(Client(), closed) == set()
    assert offered(client_of(fan), closed) == {"original", "flac", "mp3"}


@pytest.mark.parametrize(
    ("visibility", "shown"), [("public", {"mp3"}), ("unlisted", {"mp3"}), ("private", set())]
)
def test_seen_as_a_listener_it_offers_what_a_listener_gets(
    visibility: str, shown: set[str]
) -> None:
    track = PublicTrackFactory.create(gives_mp3="everybody", visibility=visibility)
    page = client_of(track.owner).get(f"/tracks/{track.slug}/listener/").content.decode()
    links = re.findall(r'href="(/tracks/[^"]*/download/[^"]*)"', page)
    assert {link.split("what=")[1].split("&")[0] for link in links} == shown
    for link in links:
        assert Client().head(html.unescape(link)).status_code == 200, link


def test_an_unlisted_page_offers_by_its_key(shelf: Shelf) -> None:
    track = shelf.track(visibility="unlisted", gives_original="everybody")
    page = Client().get(track.get_absolute_url()).content.decode()
    address = f"/tracks/{track.slug}/download/?what=original&token={track.token}"
    assert address.replace("&", "&amp;") in page
    assert Client().get(address).status_code == 202
    prepare()
    assert fetch(Client(), address).status_code == 200


def test_the_owner_opens_it_on_a_page_without_scripts() -> None:
    track = PublicTrackFactory.create()
    owner, where = client_of(track.owner), f"/tracks/{track.slug}/downloads/"
    said = {"gives_original": "nobody", "gives_flac": "listed", "gives_mp3": "everybody"}
    assert offered(Client(), track) == set()
    assert owner.post(where, said | {"opens_lossless_listed": "on"}).status_code == 302
    track.refresh_from_db()
    assert (track.gives_flac, track.gives_mp3) == ("listed", "everybody")
    assert (track.opens_lossless, track.opens_lossless_listed) == (False, True)
    assert offered(Client(), track) == {"mp3"}, "the kept page was forgotten"
    wrong = owner.post(where, said | {"gives_mp3": "martians"})
    assert wrong.status_code == 422
    assert "martians" in wrong.content.decode()


def test_people_are_let_by_name_and_are_told() -> None:
    track, fan = PublicTrackFactory.create(), UserFactory.create(handle="fan", display_name="Fan")
    owner, where = client_of(track.owner), f"/tracks/{track.slug}/downloads/grants/"
    answer = owner.post(where, {"handle": "@Fan", "what": "flac", "days": "7"}, follow=True)
    page = answer.content.decode()
    assert "Fan may keep it now." in page
    assert owner.post("/listeners/", {"handle": "fan", "note": "Mine"}).status_code == 302
    read_events()
    kinds = Notification.objects.filter(user=fan).values_list("kind", flat=True)
    assert set(kinds) == {"granted", "listed"}
    assert "Mine" in owner.get("/listeners/").content.decode()
    refused = owner.post(where, {"handle": "nobody-here", "what": "flac", "days": "0"})
    assert refused.status_code == 422
    assert "nobody called “nobody-here”" in refused.content.decode()
    owner.post(f"/downloads/grants/{DownloadGrant.objects.get().pk}/revoke/")
    owner.post(f"/listeners/{ListedListener.objects.get().pk}/remove/")
    assert not ListedListener.objects.exists()
    assert not DownloadGrant.objects.valid().exists()


def test_the_owner_sees_who_took_what_and_counts_visitors(shelf: Shelf) -> None:
    track = shelf.track(gives_original="everybody")
    address = f"/tracks/{track.slug}/download/"
    Client().get(address)
    prepare()
    for client in (client_of(UserFactory.create(display_name="Kim")), Client()):
        fetch(client, address)
    page = client_of(shelf.owner).get(f"/tracks/{track.slug}/downloads/").content.decode()
    assert "Kim" in page
    assert "1 by visitors who were not signed in" in page


def test_programs_let_people_and_take_it_back() -> None:
    track, release_owner = PublicTrackFactory.create(), UserFactory.create()
    release = ReleaseFactory.create(owner=release_owner)
    UserFactory.create(handle="fan")
    for thing, kind in ((track, "tracks"), (release, "releases")):
        client, where = client_of(thing.owner), f"/api/v1/{kind}/{thing.pk}/grants/"
        words = {"handle": "fan", "what": "flac"}
        made = client.post(where, words, "application/json")
        assert made.status_code == 201
        assert made.json()["person"]["handle"] == "fan"
        assert [row["what"] for row in client.get(where).json()["results"]] == ["flac"]
        assert client.delete(f"/api/v1/grants/{made.json()['id']}/").status_code == 204
        assert client.get(where).json()["results"] == []
    client = client_of(track.owner)
    client.post("/api/v1/me/listeners/", {"handle": "fan"}, "application/json")
    assert client.get("/api/v1/me/listeners/").json()["results"][0]["person"]["handle"] == "fan"
    assert client.delete("/api/v1/me/listeners/fan/").status_code == 204


def test_a_program_is_told_to_ask_again(shelf: Shelf) -> None:
    track = shelf.track(gives_original="everybody")
    asked = Client().get(f"/api/v1/tracks/{track.pk}/download/?what=original")
    assert asked.status_code == 202
    assert asked.headers["Content-Type"].startswith("application/problem+json")
    assert asked.json()["type"] == "/problems/being-prepared"
    assert int(asked.headers["Retry-After"]) >= 1
    prepare()
    assert fetch(Client(), f"/api/v1/tracks/{track.pk}/download/").status_code == 200
    nothing = Client().get(f"/api/v1/tracks/{track.pk}/download/?what=stems")
    assert nothing.json()["type"] == "/problems/not-allowed"
    owner = client_of(shelf.owner).get(f"/api/v1/tracks/{track.pk}/download/?what=stems")
    assert owner.json()["type"] == "/problems/not-there"
