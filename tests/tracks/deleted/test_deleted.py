"""Thirty days in which what was deleted can be brought back."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from config.lib import kept
from config.lib.problems import Problem
from media_pipeline.models import Asset, Media
from media_pipeline.uploads.services.quota import quota_of
from tests.factories.social import UserFactory
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, ReleaseFactory
from tracks.catalogue.services import deletion
from tracks.collections import services as collections
from tracks.deleted import selectors, services
from tracks.models import Playlist, Release, Track
from tracks.uploads.references import versions

pytestmark = pytest.mark.django_db


def deleted(**fields: Any) -> Track:
    track: Track = PublicTrackFactory.create(**fields)
    deletion.delete(track=track, by=track.owner)
    return track


def test_the_page_shows_all_kinds_and_the_days_left(client: Client) -> None:
    owner = UserFactory.create()
    track = deleted(owner=owner, title="A piece")
    for factory in (ReleaseFactory, PlaylistFactory):
        collections.delete(collection=factory.create(owner=owner), by=owner)
    deleted(title="Of somebody else")
    Track.everything.filter(pk=track.pk).update(
        deleted_at=timezone.now() - timedelta(days=28, hours=1)
    )
    client.force_login(owner)
    page = client.get("/my/deleted/").text
    assert page.count("Bring back<") == 3
    assert "2 days left" in page
    assert "30 days left" in page
    assert "Of somebody else" not in page
    assert "A piece" not in client.get("/my/uploads/").text


def test_pages_follow_one_another(client: Client, django_assert_max_num_queries: Any) -> None:
    owner = UserFactory.create()
    for number in range(30):
        deleted(owner=owner, title=f"Piece {number:02}")
    client.force_login(owner)
    with django_assert_max_num_queries(6):
        page = client.get("/my/deleted/").text
    cursor = page.split('href="?before=')[1].split('"')[0]
    older = client.get(f"/my/deleted/?before={cursor}").text
    for number in range(30):
        assert (f"Piece {number:02}" in page) != (f"Piece {number:02}" in older)


def test_one_is_brought_back_or_removed_for_good(client: Client) -> None:
    back, gone = deleted(title="Back"), deleted(title="Gone")
    for track in (back, gone):
        client.force_login(track.owner)
        place = f"/my/deleted/track/{track.pk}/"
        if track == back:
            assert client.post(f"{place}restore/")["Location"] == track.get_absolute_url()
            assert client.post(f"{place}remove/").status_code == 404
        else:
            assert "for good?" in client.get(f"{place}remove/").text
            client.post(f"{place}remove/")
    assert [track.title for track in Track.everything.all()] == ["Back"]
    assert Media.objects.count() == 1


def test_what_was_brought_back_meanwhile_is_not_removed() -> None:
    track = deleted()
    stale = Track.everything.get(pk=track.pk)
    services.restore(thing=track, by=track.owner)
    with pytest.raises(Problem, match="brought back"):
        services.remove(thing=stale, by=track.owner)
    assert Track.objects.exists()


def test_many_are_brought_back_at_once(client: Client) -> None:
    owner = UserFactory.create()
    names = [f"track:{deleted(owner=owner).pk}" for _ in range(3)]
    other = deleted()
    client.force_login(owner)
    asked = [*names, f"track:{other.pk}", "track:x", "nothing", names[0]]
    assert "3 are back." in client.post("/my/deleted/restore/", {"thing": asked}, follow=True).text
    assert Track.objects.count() == 3
    assert "Choose what" in client.post("/my/deleted/restore/", follow=True).text


def test_it_counts_as_space_until_it_goes() -> None:
    track = deleted()
    assert quota_of(track.owner).used > 0
    services.remove(thing=track, by=track.owner)
    assert quota_of(track.owner).used == 0


def test_the_same_bytes_again_are_told_to_be_among_the_deleted() -> None:
    track = deleted(title="Sea")
    reference = versions([Asset.objects.get().pk])[0]
    assert (reference.name, reference.url) == ("v1 of Sea, which you deleted", "/my/deleted/")
    assert track.token not in reference.url


def test_after_thirty_days_all_of_it_goes() -> None:
    old, young = deleted(), deleted()
    lists = [ReleaseFactory.create(), PlaylistFactory.create()]
    for row in lists:
        collections.delete(collection=row, by=row.owner)
    now = timezone.now()
    for model in (Track, Release, Playlist):
        model.everything.exclude(pk=young.pk).update(deleted_at=now - timedelta(days=30))
    assert services.forget_old(now, 2) == 2
    assert services.forget_old(now, 2) == 1
    assert [track.pk for track in Track.everything.all()] == [young.pk]
    assert not Release.everything.exists()
    assert not Playlist.everything.exists()
    assert not Asset.objects.filter(owner=old.owner).exists()


def test_what_is_deleted_goes_with_the_account() -> None:
    track = deleted()
    collections.delete(collection=ReleaseFactory.create(owner=track.owner), by=track.owner)
    kept.farewell(track.owner)
    assert not Track.everything.exists()
    assert not Release.everything.exists()


def test_days_left_are_counted_up() -> None:
    def left(**ago: float) -> int:
        at = timezone.now() - timedelta(**ago)
        return selectors.Deleted("track", uuid4(), "A", at).days_left

    assert (left(), left(days=29, hours=23), left(days=31)) == (30, 1, 0)
