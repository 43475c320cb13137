"""What is private stays private, whatever a program sends back or is deleted meanwhile."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from media_pipeline.models import Job, Media
from tests.factories.releases import filled
from tests.factories.tracks import ReadyTrackFactory
from tests.jobs import do_jobs
from tracks.catalogue.services import deletion
from tracks.collections import services as collections
from tracks.deleted import services as deleted
from tracks.models import Release, Track
from tracks.releases.services import publishing
from tracks.visibility.services import opening

pytestmark = pytest.mark.django_db
JSON = "application/json"


def private(client: Client, **words: Any) -> Release:
    """Return a private release of two private pieces, whose owner is signed in."""
    release, _ = filled(2, private=True, visibility="private", **words)
    client.force_login(release.owner)
    return release


def scheduled(client: Client, hours: float = 72) -> Release:
    """Return one whose hour is to come."""
    release, moment = private(client), timezone.now() + timedelta(hours=hours)
    return publishing.schedule_at(release=release, moment=moment, by=release.owner)


def place(release: Release) -> str:
    return f"/api/v1/releases/{release.pk}/"


def how_open() -> set[str]:
    return set(Track.everything.values_list("visibility", flat=True))


def test_what_was_read_of_a_private_one_is_sent_back_and_opens_nothing(client: Client) -> None:
    release = private(client)
    told = client.get(place(release)).json()
    words = {name: told[name] for name in ("title", "kind", "visibility", "release_at", "download")}
    assert words["release_at"] is None
    for said in (words, {"release_at": None}):
        again = client.patch(place(release), said, content_type=JSON)
        assert (again.status_code, again.json()["visibility"]) == (200, "private")
    assert how_open() == {"private"}


@pytest.mark.parametrize("visibility", ["private", "unlisted"])
def test_one_is_made_closed_though_its_hour_is_null(client: Client, visibility: str) -> None:
    track = ReadyTrackFactory.create()
    client.force_login(track.owner)
    said = {"title": "A", "visibility": visibility, "release_at": None, "tracks": [str(track.pk)]}
    made = client.post("/api/v1/releases/", said, content_type=JSON)
    assert (made.status_code, made.json()["visibility"]) == (201, visibility)
    assert how_open() == {"private"}


@pytest.mark.parametrize("visibility", ["private", "unlisted"])
def test_an_hour_of_what_is_closed_is_refused(client: Client, visibility: str) -> None:
    release = private(client)
    hour = (timezone.now() + timedelta(days=1)).isoformat()
    said = {"visibility": visibility, "release_at": hour, "title": "Else"}
    answer = client.patch(place(release), said, content_type=JSON)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/hour-of-closed")
    release.refresh_from_db()
    assert (release.visibility, release.release_at) == ("private", None)
    assert release.title != "Else"


def test_an_hour_stays_while_nobody_speaks_of_it(client: Client) -> None:
    release = scheduled(client)
    answer = client.patch(place(release), {"visibility": "public"}, content_type=JSON)
    assert answer.json()["published_at"] is None
    release.refresh_from_db()
    assert release.release_at
    assert release.published_at is None
    now = client.patch(place(release), {"release_at": None}, content_type=JSON)
    assert now.json()["published_at"]


def test_a_release_deleted_before_its_hour_does_not_bring_out_its_pieces(client: Client) -> None:
    release = scheduled(client)
    assert how_open() == {"public"}
    collections.delete(collection=release, by=release.owner)
    assert how_open() == {"private"}
    Job.objects.update(run_after=timezone.now())
    do_jobs()
    assert not Track.objects.exclude(published_at=None).exists()


def test_brought_back_before_its_hour_it_comes_out_with_its_pieces(client: Client) -> None:
    release = scheduled(client)
    hour = release.release_at
    collections.delete(collection=release, by=release.owner)
    for _ in range(2):  # the second time changes nothing
        deleted.restore(thing=release, by=release.owner)
        assert how_open() == {"public"}
        assert set(Track.objects.values_list("release_at", flat=True)) == {hour}
    publishing.withdraw(release=release, visibility="private", by=release.owner)
    assert how_open() == {"private"}


def test_brought_back_after_its_hour_it_waits_for_its_owner(client: Client) -> None:
    release = scheduled(client)
    collections.delete(collection=release, by=release.owner)
    passed = timezone.now() - timedelta(hours=1)
    Release.everything.update(release_at=passed, deleted_at=passed - timedelta(hours=1))
    deleted.restore(thing=release, by=release.owner)
    opening.settle_due()
    row = Release.objects.get()
    assert (row.visibility, row.release_at, row.published_at) == ("private", None, None)
    assert how_open() == {"private"}


def test_one_that_was_out_and_is_brought_back_is_out(client: Client) -> None:
    release = scheduled(client)
    for rows in (Release.everything, Track.everything):  # no worker has noted its hour yet
        rows.update(release_at=timezone.now() - timedelta(minutes=1))
    collections.delete(collection=release, by=release.owner)
    deleted.restore(thing=release, by=release.owner)
    opening.settle_due()
    assert Release.objects.get().published_at
    assert how_open() == {"public"}


def test_a_piece_deleted_meanwhile_comes_back_as_closed_as_the_others(client: Client) -> None:
    release = scheduled(client)
    first = release.items.order_by("position")[0].track
    deletion.delete(track=first, by=release.owner)
    later = timezone.now() + timedelta(days=9)
    publishing.schedule_at(release=release, moment=later, by=release.owner)
    assert set(Track.everything.values_list("release_at", flat=True)) == {later}
    publishing.withdraw(release=release, visibility="private", by=release.owner)
    deletion.restore(track=first, by=release.owner)
    assert how_open() == {"private"}


def test_a_download_that_a_program_closes_ends_its_addresses(client: Client) -> None:
    release = private(client, download="everybody")
    before = set(Media.objects.values_list("epoch", flat=True))
    client.patch(place(release), {"download": "nobody"}, content_type=JSON)
    release.refresh_from_db()
    assert release.download == "nobody"
    assert not before & set(Media.objects.values_list("epoch", flat=True))
    answer = client.patch(place(release), {"download": "the-world"}, content_type=JSON)
    assert answer.status_code == 400


def test_deeds_on_what_was_deleted_this_moment_say_so(client: Client) -> None:
    release = private(client)
    collections.delete(collection=release, by=release.owner)
    with pytest.raises(Exception, match="has been deleted"):
        publishing.publish(release=release, by=release.owner)
    assert opening.settle(release=release) == release
