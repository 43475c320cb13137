"""What is deleted is closed to everybody, its owner too, and opens again when it comes back.

The addresses are those of the table of permissions: one that is added there is walked here.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from media_pipeline.delivery import media_url
from tests.contracts.cast import Cast, address
from tests.contracts.test_permissions import PEOPLE, ROWS, signed_in
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, ReleaseFactory
from tests.jobs import do_jobs
from tracks.catalogue.services import deletion
from tracks.collections import services as collections
from tracks.deleted import services as deleted
from tracks.models import Release, Track
from tracks.visibility.services import publication

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
CLOSED = {401, 403, 404, 410}
# About a job of the machine, about lists (below), or where what is deleted is found.
ELSEWHERE: tuple[str, ...] = (
    *("job-retry", "api-job-retry", "release-", "playlist-", "embed-release", "embed-playlist"),
    *("deleted", "api-track-restore", "media-file", "profile"),
    # About names, labels, lists, and people, which stay where a track goes.
    *("artist", "label", "api-label", "api-playlist", "api-release", "cover-change", "press"),
    *("api-artist", "listener-remove", "api-listener", "grant-revoke", "api-grant", "playlists"),
    *("list-export", "credit-link", "feed-person", "feed-release", "feed-playlist", "browse-label"),
    "tag",
    "track-difference",  # leads to the page's address of today, which is closed
)
NOT_TRACKS = {"", "upload", "export", "owner", "signed", "unsigned"}


def places(cast: Cast, method: str) -> dict[tuple[str, str], dict[str, Any] | None]:
    """Return every address about a track that this method is good for: route and path."""
    return {
        (row.route, address(row, cast)): row.data
        for row in ROWS
        if row.method == method
        and row.on not in NOT_TRACKS
        and not row.route.startswith(ELSEWHERE)
        and row.on != "ended"
    }


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_every_address_of_what_is_deleted_is_closed(method: str, person: str, cast: Cast) -> None:
    client, found = signed_in(cast, person), places(cast, method)
    for track in Track.objects.filter(owner=cast.people["owner"]):
        deletion.delete(track=track, by=track.owner)
    opened = {}
    for (route, place), data in found.items():
        body = {"data": urlencode(data), "content_type": FORM} if data else {}
        answer = client.generic(method, place, **body)
        to_sign_in = answer.status_code == 302 and "/login/" in answer.headers["Location"]
        if answer.status_code not in CLOSED and not to_sign_in:
            opened[f"{route} {place}"] = answer.status_code
    assert opened == {}


@pytest.mark.long("every address about a track, asked before and after")
@pytest.mark.parametrize("person", PEOPLE)
def test_what_comes_back_is_as_it_was(person: str, cast: Cast) -> None:
    client = signed_in(cast, person)
    tracks = list(Track.objects.filter(owner=cast.people["owner"]))
    before = {
        address(row, cast): getattr(row, person)
        for row in ROWS
        if row.method == "GET" and row.on in {"public", "unlisted", "private", "scheduled"}
    }
    assert len(before) > 40
    for track in tracks:
        deletion.delete(track=track, by=track.owner)
    for track in tracks:
        deletion.restore(track=track, by=track.owner)
    assert {place: client.get(place).status_code for place in before} == before


@pytest.mark.django_db(transaction=True)
def test_what_was_signed_before_is_closed_for_good(client: Client) -> None:
    track = PublicTrackFactory.create()
    media = track.primary_version.media

    def ask() -> int:
        return client.get(media_url(media, media.asset.attempt, "master.m3u8")).status_code

    assert ask() != 403
    deletion.delete(track=track, by=track.owner)
    assert ask() == 403
    deletion.restore(track=track, by=track.owner)
    assert ask() == 403


@pytest.mark.parametrize("factory", [ReleaseFactory, PlaylistFactory])
def test_a_deleted_list_is_closed_and_comes_back(factory: Any, client: Client) -> None:
    made = factory.create()
    collections.add(collection=made, track=PublicTrackFactory.create(owner=made.owner))
    client.force_login(made.owner)
    kind = "release" if isinstance(made, Release) else "playlist"
    pages = [made.get_absolute_url(), f"{made.get_absolute_url()}edit/"]
    pages += [f"/embed/{kind}/{made.pk}/", f"/api/v1/lists/{kind}/{made.slug}/"]
    assert {client.get(page).status_code for page in pages} == {200}
    collections.delete(collection=made, by=made.owner)
    assert {client.get(page).status_code for page in pages} == {404}
    assert made.title not in client.get(made.owner.get_absolute_url()).text
    assert made.title in client.get("/my/deleted/").text
    deleted.restore(thing=made, by=made.owner)
    assert {client.get(page).status_code for page in pages} == {200}
    model: Any = type(made)
    assert model.objects.get(pk=made.pk).items.count() == 1


def test_what_is_deleted_is_not_published_at_its_hour() -> None:
    soon = timezone.now() + timedelta(seconds=1)
    track = PublicTrackFactory.create(published_at=None, release_at=soon)
    publication.settle(track=track)
    deletion.delete(track=track, by=track.owner)
    Track.everything.filter(pk=track.pk).update(release_at=timezone.now())
    do_jobs("general")
    publication.settle(track=track)
    assert Track.everything.get(pk=track.pk).published_at is None
    deletion.restore(track=track, by=track.owner)
    assert Track.objects.get(pk=track.pk).published_at is not None
