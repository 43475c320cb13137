"""Many pieces at once, under My uploads."""

from typing import Any

import pytest
from django.test import Client

from config.lib.problems import Problem
from social.models import User
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReleaseFactory
from tracks import bulk
from tracks.bulk import Deed, Outcome
from tracks.models import Revision, Track

pytestmark = pytest.mark.django_db
PLACE = "/my/uploads/together/"


@pytest.fixture
def owner(client: Client) -> User:
    owner: User = UserFactory.create()
    client.force_login(owner)
    return owner


def keys(tracks: list[Track]) -> list[str]:
    return [str(track.pk) for track in tracks]


def test_many_are_closed_at_once(client: Client, owner: User) -> None:
    mine = PublicTrackFactory.create_batch(3, owner=owner)
    other = PublicTrackFactory.create()
    sent = {"deed": "visibility", "visibility-to": "private", "track": keys([*mine[:2], other])}
    page = client.post(PLACE, sent, follow=True).text
    assert "2 pieces changed." in page
    assert Track.objects.filter(visibility="private").count() == 2
    assert Revision.objects.count() == 2
    other.refresh_from_db()
    assert other.visibility == "public"


def test_many_are_put_on_a_release(client: Client, owner: User) -> None:
    mine = PublicTrackFactory.create_batch(3, owner=owner)
    release = ReleaseFactory.create(owner=owner, title="Album")
    sent: dict[str, Any] = {"deed": "release", "release-to": release.pk, "track": keys(mine[:1])}
    assert "1 piece added." in client.post(PLACE, sent, follow=True).text
    page = client.post(PLACE, sent | {"track": keys(mine[::-1])}, follow=True).text
    assert "2 pieces added." in page
    assert f"“{mine[0].title}” is on “Album” already." in page
    placed = list(release.items.order_by("position").values_list("track", flat=True))
    assert placed == [track.pk for track in mine]
    sent["release-to"] = ReleaseFactory.create().pk
    assert "Choose one of your releases." in client.post(PLACE, sent, follow=True).text


def test_all_are_deleted_and_brought_back(client: Client, owner: User) -> None:
    PublicTrackFactory.create_batch(30, owner=owner)
    other = PublicTrackFactory.create()
    page = client.post(PLACE, {"deed": "delete", "everything": "1"}, follow=True).text
    assert "30 pieces deleted." in page
    assert list(Track.objects.all()) == [other]
    names = [f"track:{track.pk}" for track in Track.everything.filter(owner=owner)]
    client.post("/my/deleted/restore/", {"thing": names})
    assert Track.objects.count() == 31


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"deed": "delete"},
        {"deed": "nothing", "everything": "1"},
        {"deed": "delete", "track": ["x", "0"]},
        {"deed": "visibility", "everything": "1", "visibility-to": "secret"},
    ],
)
def test_what_makes_no_sense_changes_nothing(client: Client, owner: User, sent: Any) -> None:
    PublicTrackFactory.create(owner=owner)
    assert "Choose" in client.post(PLACE, sent, follow=True).text
    assert Track.objects.filter(visibility="public").count() == 1


def test_five_hundred_at_once(client: Client, owner: User) -> None:
    tracks = [Track(owner=owner, slug=f"s-{n}", title=f"T {n}") for n in range(501)]
    Track.objects.bulk_create(tracks)
    page = client.post(PLACE, {"deed": "delete", "track": keys(tracks)}, follow=True).text
    assert "500 pieces deleted." in page
    assert "Up to 500 at once" in page
    assert Track.objects.count() == 1


def test_topics_register_deeds(
    client: Client, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "DEEDS", {})
    monkeypatch.setattr("tracks.uploads.views.DEEDS", bulk.DEEDS)
    monkeypatch.setattr("tracks.uploads.presenters.DEEDS", bulk.DEEDS)

    def act(tracks: list[Track], _data: Any, _by: Any) -> Outcome:
        if len(tracks) > 8:
            raise Problem("too-many", "That is too much.")
        return Outcome(0, tuple(f"No {track.title}" for track in tracks))

    bulk.register(Deed("x", "Do it", "{} done.", act))
    with pytest.raises(ValueError, match="two deeds"):
        bulk.register(Deed("x", "Do it", "{} done.", act))
    PublicTrackFactory.create_batch(8, owner=owner)
    page = client.post(PLACE, {"deed": "x", "everything": "1"}, follow=True).text
    assert page.count("No Song") == 5
    assert "And 3 more could not be done" in page
    PublicTrackFactory.create(owner=owner)
    assert (
        "That is too much."
        in client.post(PLACE, {"deed": "x", "everything": "1"}, follow=True).text
    )
