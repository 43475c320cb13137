"""What somebody has taken along: a list of their own, with what they still may keep."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from social.models import User
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReleaseFactory
from tests.tracks.downloads.giving import Shelf, fetch, prepare
from tracks.downloads.services import people
from tracks.downloads.services.settings import set_audiences
from tracks.models import Download, Release, ReleaseTrack, Track
from tracks.visibility.services.visibility import set_visibility

pytestmark = pytest.mark.django_db
PAGE, API = "/downloads/", "/api/v1/me/downloads/"


@pytest.fixture
def fan() -> User:
    return UserFactory.create()


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def taken(fan: User, thing: Track | Release, what: str = "mp3", **words: Any) -> Download:
    """Return the row of a download, as `giving` writes it."""
    of = "track" if isinstance(thing, Track) else "release"
    fields = {of: thing, "owner": thing.owner, "title": thing.title, "what": what, "size_bytes": 9}
    row: Download = Download.objects.create(user=fan, **(fields | words))
    return row


def told(fan: User) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client_of(fan).get(API).json()["results"]
    return found


def test_it_says_what_and_when_and_asks_again(shelf: Shelf, fan: User) -> None:
    track, client = shelf.track(title="Cider", gives_original="everybody"), client_of(fan)
    client.get(f"/tracks/{track.slug}/download/")
    prepare()
    fetch(client, f"/tracks/{track.slug}/download/?what=original")
    page = client.get(PAGE).content.decode()
    again = f"/tracks/{track.slug}/download/?what=original"
    assert "Cider" in page
    assert f'href="{again}"' in page
    assert f'href="{track.get_absolute_url()}"' in page
    assert fetch(client, again).status_code == 200
    row = told(fan)[0]
    assert (row["title"], row["artist"], row["what"]) == ("Cider", "Ada", "original")
    assert (row["track"], row["release"]) == (str(track.pk), None)
    assert client.get(row["again"]).status_code == 302


def test_only_ones_own_are_listed(fan: User) -> None:
    track = PublicTrackFactory.create(gives_mp3="everybody")
    taken(fan, track)
    taken(UserFactory.create(), track, title="Of somebody else")
    assert [row["title"] for row in told(fan)] == [track.title]
    assert told(track.owner) == []


def test_what_is_closed_keeps_its_line_and_loses_its_links(fan: User) -> None:
    track = PublicTrackFactory.create(title="Cider", gives_mp3="everybody")
    release = ReleaseFactory.create(title="Orchard", download="everybody")
    taken(fan, track)
    taken(fan, release, "flac")
    assert all(row["again"] for row in told(fan))
    set_audiences(thing=track, by=track.owner, audiences={"gives_mp3": "nobody"})
    line = told(fan)[1]
    assert (line["again"], line["track"]) == ("", str(track.pk))
    people.grant(thing=track, person=fan, by=track.owner, what="mp3")
    assert told(fan)[1]["again"]
    set_visibility(track=track, visibility="private", by=track.owner)
    assert (told(fan)[1]["again"], told(fan)[1]["track"]) == ("", None)
    Release.objects.update(visibility="unlisted")
    assert told(fan)[0]["again"] == ""
    page = client_of(fan).get(PAGE).content.decode()
    assert page.count("Not open to you any more") == 2
    assert track.get_absolute_url() not in page
    assert "Orchard" in page


def test_a_track_given_by_its_release_is_offered_again(fan: User) -> None:
    track = PublicTrackFactory.create()
    release = ReleaseFactory.create(owner=track.owner, download="everybody")
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    taken(fan, track, "flac")
    taken(fan, track, "stems")
    assert [bool(row["again"]) for row in told(fan)] == [False, True]


def test_it_is_read_by_pages_in_few_queries(fan: User) -> None:
    client, counts = client_of(fan), []
    for more in (2, 28):
        for _ in range(more):
            taken(fan, PublicTrackFactory.create(gives_mp3="everybody"))
        with CaptureQueriesContext(connection) as asked:
            page = client.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10
    assert page.content.decode().count("what=mp3") == 24
    assert client.get(PAGE + page.context["next_url"]).content.decode().count("what=mp3") == 6
    assert client.get(f"{PAGE}?before=nonsense").status_code == 404
    answer = client.get(f"{API}?before=nonsense")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
