"""The order of a page's parts: its artist chooses it, and everybody sees it so."""

import re

import pytest
from django.test import Client

from config.lib import kept
from config.lib.archive import validator
from social.models import ArtistPage, PageSection, User
from social.profiles import services as profiles
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReleaseFactory
from tracks.models import Playlist

pytestmark = pytest.mark.django_db
MOVE = "/me/page/sections/{}/move/"


@pytest.fixture
def ada(client: Client) -> User:
    """Whoever has something of each kind."""
    person: User = UserFactory.create(handle="ada", display_name="Ada")
    PublicTrackFactory.create(owner=person)
    ReleaseFactory.create(owner=person)
    Playlist.objects.create(owner=person, slug="late", title="Late", visibility="public")
    client.force_login(person)
    return person


def headings() -> list[str]:
    found: list[str] = re.findall(r'<h2 id="(\w+)s-title">', Client().get("/@ada/").text)
    return found


def test_everybody_sees_it_as_its_artist_has_it(client: Client, ada: User) -> None:
    assert headings() == ["release", "track", "playlist"]
    assert client.post(MOVE.format("playlist"), {"to": "0"}).status_code == 302
    assert headings() == ["playlist", "release", "track"]
    by_script = {"X-Requested-With": "fetch"}
    assert client.post(MOVE.format("release"), {"to": "2"}, headers=by_script).status_code == 204
    assert headings() == ["playlist", "track", "release"]
    assert client.post(MOVE.format("track"), {"to": "99"}).status_code == 302
    assert headings() == ["playlist", "release", "track"]


@pytest.mark.parametrize("to", ["", "-1", "x", "9" * 50, "\u0661"])
def test_what_is_no_place_is_the_first(client: Client, ada: User, to: str) -> None:
    assert client.post(MOVE.format("track"), {"to": to}).status_code == 302
    assert headings() == ["track", "release", "playlist"]


def test_there_are_no_other_parts_and_no_other_pages(client: Client, ada: User) -> None:
    assert client.post(MOVE.format("notes"), {"to": "0"}).status_code == 404
    client.force_login(UserFactory.create())
    client.post(MOVE.format("playlist"), {"to": "0"})
    assert headings() == ["release", "track", "playlist"]
    assert Client().post(MOVE.format("playlist"), {"to": "0"}).status_code == 302
    assert ArtistPage.objects.count() == 1


def test_older_music_stands_alone(client: Client, ada: User) -> None:
    client.post(MOVE.format("playlist"), {"to": "0"})
    for _ in range(30):
        PublicTrackFactory.create(owner=ada)
    page = Client().get("/@ada/")
    older = next(one for one in page.context["sections"] if one.kind == "track").more
    assert re.findall(r'<h2 id="(\w+)s-title">', Client().get(f"/@ada/{older}").text) == ["track"]


def test_it_goes_along_in_the_archive(ada: User) -> None:
    profiles.arrange(by=ada, section=PageSection.TRACK, to=0)
    section = kept.SECTIONS["artist_page"]
    (row,) = section.rows(ada)
    assert row["sections"] == ["track", "release", "playlist"]
    assert validator(section.schema).is_valid(row)
    del row["sections"]
    assert validator(section.schema).is_valid(row), "archives made before have no order"
