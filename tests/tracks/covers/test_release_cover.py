"""A piece without a picture of its own shows its release's cover, wherever it is seen."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from media_pipeline.models import Artwork, Media
from tests.factories.releases import filled
from tests.factories.tracks import ReleaseFactory, UnlistedTrackFactory
from tests.indexing import index
from tests.tracks.covers.test_covers import picture
from tracks import access
from tracks.cards import with_cards
from tracks.collections import services as collections
from tracks.covers import services as covers
from tracks.downloads import selectors as giving
from tracks.models import Release, ReleaseTrack, Track
from tracks.releases.services import publishing

pytestmark = pytest.mark.django_db


@pytest.fixture
def album() -> tuple[Release, list[Track]]:
    """Return a public release with a cover and three pieces, the last with a picture inside."""
    release, tracks = filled(3, published_at=timezone.now())
    covers.put(thing=release, data=picture(), by=release.owner)
    last: Any = tracks[-1].primary_version
    Artwork.objects.filter(asset=last.media.asset).update(origin=Artwork.Origin.EMBEDDED)
    return release, tracks


def of(thing: Any) -> str:
    """Return what stands in every address of the thing's own cover."""
    thing.refresh_from_db()
    return f"/{thing.cover_id}/-/cover"


def file_of(track: Track) -> str:
    version: Any = track.primary_version
    return f"/{version.media_id}/-/cover"


def shown_on_home(client: Client) -> str:
    return client.get("/").content.decode()


def test_every_place_shows_it(client: Client, album: Any) -> None:
    release, (first, second, last) = album
    cover, version = of(release), first.primary_version
    client.force_login(first.owner)
    pages = ["/", f"/tracks/{first.slug}/", f"/embed/track/{first.pk}/", "/my/uploads/"]
    index()
    pages += [f"/@{first.owner.handle}/", f"/search/?q={first.title}", f"/releases/{release.slug}/"]
    for page in pages:
        answer = client.get(page, follow=True)
        assert answer.status_code == 200, page
        assert cover in answer.content.decode(), page
        assert file_of(first) not in answer.content.decode(), page
    entries = client.get(f"/api/v1/lists/release/{release.slug}/").json()
    entries = entries if isinstance(entries, list) else next(iter(entries.values()))
    assert [cover in entry["cover_thumb"] for entry in entries] == [True, True, False]
    assert entries[0]["accent"] == release.cover_accent
    queue = {"revision": 0, "items": [{"id": "one", "version": str(version.pk)}], "current": "one"}
    assert client.patch("/api/v1/queue/", queue, content_type="application/json").status_code == 200
    assert cover in client.get("/api/v1/queue/").json()["entries"][0]["cover_thumb"]
    shared = client.get(f"/cover/track/{first.pk}.jpg")
    assert cover in shared["Location"]
    assert file_of(last) in client.get(f"/cover/track/{last.pk}.jpg")["Location"]
    assert release.cover.asset.artwork == given(second).cover


def given(track: Track) -> giving.Need:
    row = giving.with_sound(Track.objects.filter(pk=track.pk)).get()
    return giving.needs_of_track(row, "original", *giving.place_of(row))[0]


def test_what_is_ones_own_comes_first(client: Client, album: Any) -> None:
    release, (first, *_, last) = album
    assert file_of(last) in shown_on_home(client)
    own = covers.put(thing=first, data=picture(), by=first.owner)
    page = client.get(f"/tracks/{first.slug}/").content.decode()
    assert f"/{own.pk}/-/cover" in page
    assert of(release) not in page


def hide(release: Release) -> None:
    publishing.withdraw(release=release, visibility="private", by=release.owner)


def unlist(release: Release) -> None:
    publishing.withdraw(release=release, visibility="unlisted", by=release.owner)


def delete(release: Release) -> None:
    collections.delete(collection=release, by=release.owner)


def put_off(release: Release) -> None:
    Release.objects.filter(pk=release.pk).update(
        release_at=timezone.now() + timedelta(hours=1), published_at=None
    )


@pytest.mark.parametrize("close", [hide, unlist, delete, put_off])
def test_the_cover_of_what_is_not_out_is_nowhere(client: Client, album: Any, close: Any) -> None:
    release, (first, *_) = album
    cover = of(release)
    close(release)
    assert Track.objects.visible_to(AnonymousUser()).filter(pk=first.pk).exists()
    for page in ("/", f"/tracks/{first.slug}/", f"/embed/track/{first.pk}/"):
        assert cover not in client.get(page).content.decode(), page
        assert file_of(first) in client.get(page).content.decode(), page
    assert cover not in client.get(f"/cover/track/{first.pk}.jpg")["Location"]
    assert given(first).cover != Release.everything.get(pk=release.pk).cover.asset.artwork


def test_signed_addresses_end_with_the_release(album: Any) -> None:
    release, _ = album
    before = Media.objects.get(pk=release.cover_id).epoch
    hide(release)
    assert Media.objects.get(pk=release.cover_id).epoch > before


def test_of_several_the_first_that_came_out_counts(client: Client, album: Any) -> None:
    later, (first, *_) = album
    secret: Any = ReleaseFactory(owner=first.owner, visibility="private")
    earlier: Any = ReleaseFactory(
        owner=first.owner, published_at=timezone.now() - timedelta(days=9)
    )
    bare: Any = ReleaseFactory(owner=first.owner, published_at=timezone.now() - timedelta(days=99))
    for release in (secret, earlier, bare):
        ReleaseTrack.objects.create(release=release, track=first, position=1)
    for release in (secret, earlier):
        covers.put(thing=release, data=picture(), by=release.owner)
    page = client.get(f"/tracks/{first.slug}/").content.decode()
    assert of(earlier) in page
    assert of(secret) not in page
    assert of(later) not in page


def test_an_unlisted_piece_shows_the_cover_of_a_public_release(client: Client) -> None:
    release, _ = filled(1, published_at=timezone.now())
    covers.put(thing=release, data=picture(), by=release.owner)
    track: Any = UnlistedTrackFactory(owner=release.owner)
    ReleaseTrack.objects.create(release=release, track=track, position=2)
    assert of(release) in client.get(track.get_absolute_url()).content.decode()


def test_it_takes_no_query_more(client: Client, album: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        shown = with_cards(Track.objects.filter(access.visible(AnonymousUser())).for_card())
    assert sum(of(album[0]) in one.card.cover_thumb_url for one in shown) == 2
