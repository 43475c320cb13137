"""Whose account is closed has no music here, no lists, no links and no uploads, until it opens."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from media_pipeline.models import Upload
from media_pipeline.uploads.services import uploads
from social.models import ReviewGuest, ReviewLink, User
from tests.factories import moderation as judges
from tests.factories.review import ReviewLinkFactory
from tests.factories.social import StaffFactory, UserFactory, bearer
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
    UnlistedTrackFactory,
)
from tests.indexing import index
from tracks.models import ReleaseTrack, Track

pytestmark = pytest.mark.django_db
LAST = bytes(1000)


@pytest.fixture
def artist() -> User:
    """Somebody with a piece of each openness, a release and a playlist."""
    person: User = UserFactory.create(handle="mira")
    track = PublicTrackFactory.create(owner=person, title="Harbour", slug="harbour")
    UnlistedTrackFactory.create(owner=person)
    release = ReleaseFactory.create(owner=person, slug="album")
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    ReleaseFactory.create(owner=person, visibility="unlisted", slug="quiet")
    PlaylistFactory.create(owner=person, slug="mix")
    return person


@pytest.fixture
def link(artist: User) -> ReviewLink:
    """A review link to a private piece of theirs."""
    row: ReviewLink = ReviewLinkFactory.create(track=ReadyTrackFactory.create(owner=artist))
    return row


def public_places(artist: User) -> Iterator[str]:
    track = Track.objects.get(slug="harbour")
    unlisted = artist.tracks.get(visibility="unlisted")
    quiet = artist.releases.get(slug="quiet")
    yield from ("/tracks/harbour/", f"/t/{unlisted.token}/", quiet.get_absolute_url())
    yield from (artist.releases.get(slug="album").get_absolute_url(), f"/tracks/{track.pk}/notes/")
    yield artist.playlists.get().get_absolute_url()
    yield from (f"/embed/track/{track.pk}/", f"/api/v1/versions/{track.primary_version_id}/")
    yield from (f"/api/v1/tracks/{track.pk}/notes/", "/api/v1/lists/release/album/")
    yield f"/api/v1/lists/track/harbour/?token={unlisted.token}"


@pytest.mark.parametrize("who", ["visitor", "stranger"])
def test_their_music_is_closed_while_they_are(artist: User, who: str, client: Client) -> None:
    if who == "stranger":
        client.force_login(UserFactory.create())
    places = list(public_places(artist))
    assert {client.get(place).status_code for place in places} == {200}
    assert "Harbour" in client.get("/").text
    judges.ban(artist)
    assert {place: client.get(place).status_code for place in places} == dict.fromkeys(places, 404)
    index()
    for page in ("/", "/search/?q=harbour", "/api/v1/lists/latest/-/"):
        assert "Harbour" not in client.get(page).text
    judges.unban(artist)
    assert {client.get(place).status_code for place in places} == {200}


def test_being_staff_opens_nothing(artist: User, client: Client) -> None:
    boss = StaffFactory.create()
    client.force_login(boss)
    judges.ban(artist)
    assert client.get("/tracks/harbour/").status_code == 404


def test_their_review_links_open_nothing_and_write_nothing(
    link: ReviewLink, client: Client
) -> None:
    page, key = f"/r/{link.token}/", f"?token={link.token}"
    version = f"/api/v1/versions/{link.track.primary_version_id}/{key}"
    assert client.get(page).status_code == client.get(version).status_code == 200
    judges.ban(link.track.owner)
    assert client.get(page).status_code == 410
    assert client.get(version).status_code == 404
    assert client.post(f"{page}name/", {"name": "Ana"}).status_code == 410
    assert client.post(reverse("review-play", args=[link.token])).status_code == 410
    assert not ReviewGuest.objects.exists()
    link.refresh_from_db()
    assert link.plays == 0


def test_no_part_of_their_uploads_arrives(
    artist: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    size = 8 * 1024 * 1024 + len(LAST)
    upload = uploads.create(owner=artist, filename="song.wav", size=size)
    first, second = uploads.sign(upload=upload, numbers=[2, 2])
    sent = client.put(first.url, LAST, content_type="application/octet-stream")
    assert sent.headers["ETag"] == f'"{hashlib.md5(LAST).hexdigest()}"'
    with django_capture_on_commit_callbacks(execute=True):
        judges.ban(artist)
    sent = client.put(second.url, LAST, content_type="application/octet-stream")
    assert sent.status_code == 410
    upload.refresh_from_db()
    assert upload.state == Upload.State.EXPIRED
    assert uploads.arrived(upload) == []


def test_their_session_and_their_programs_are_nobodys(artist: User, client: Client) -> None:
    client.force_login(artist, backend="social.accounts.backends.PeopleBackend")
    headers = bearer(artist)
    assert client.get("/my/uploads/").status_code == 200
    assert Client().get("/api/v1/queue/", headers=headers).status_code == 200
    judges.ban(artist)
    assert client.get("/my/uploads/").status_code == 302
    assert Client().get("/api/v1/queue/", headers=headers).status_code == 401


def test_a_link_that_began_earlier_takes_no_name(link: ReviewLink, client: Client) -> None:
    """The time of a link ends between its page and the form."""
    ReviewLink.objects.update(expires_at=timezone.now())
    assert client.post(f"/r/{link.token}/name/", {"name": "Ana"}).status_code == 410
    assert not ReviewGuest.objects.exists()
