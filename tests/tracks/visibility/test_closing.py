"""Closing a thing ends every signed address of it, whoever holds it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from media_pipeline.assets.services.removal import remove_media
from media_pipeline.delivery import records
from media_pipeline.models import Media
from social.models import Approver, Reviewer, ReviewLink
from social.review.services import links as review_links
from social.review.services import reviewers
from social.signoff import services as signoff
from tests.factories import moderation as judges
from tests.factories.review import ReviewLinkFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import ReleaseFactory
from tests.sites import Site, wait_until
from tests.tracks.visibility.handed_out import addresses, frames, open_ones, statuses, whole_piece
from tracks.catalogue.services import deletion
from tracks.collections import services as collections
from tracks.models import ReleaseTrack, Track
from tracks.releases.services import publishing
from tracks.stems import services as stems
from tracks.versions import services as versions
from tracks.visibility.services.visibility import set_visibility
from tracks.visuals import services as visuals

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    """Begin with nothing counted and nothing kept."""
    cache.clear()


@pytest.fixture
def piece() -> Iterator[Track]:
    """A public piece that is there with all its bytes."""
    with whole_piece(visibility="public", published_at=timezone.now()) as track:
        yield track


def on_release(track: Track) -> Any:
    release = ReleaseFactory.create(owner=track.owner)
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    return release


def close_release(track: Track) -> None:
    publishing.withdraw(release=on_release(track), visibility="private", by=track.owner)


CLOSINGS: dict[str, Callable[[Track], Any]] = {
    "public → private": lambda t: set_visibility(track=t, visibility="private", by=t.owner),
    "public → unlisted": lambda t: set_visibility(track=t, visibility="unlisted", by=t.owner),
    "deletion": lambda t: deletion.delete(track=t, by=t.owner),
    "ban of the owner": lambda t: judges.ban(t.owner),
    "release made private": close_release,
    "release deleted": lambda t: collections.delete(collection=on_release(t), by=t.owner),
}


@pytest.mark.parametrize("act", CLOSINGS)
def test_every_address_of_a_piece_ends(piece: Track, client: Client, act: str) -> None:
    held = addresses(client, piece)
    assert set(statuses(client, held).values()) == {200}
    CLOSINGS[act](piece)
    assert open_ones(client, held) == []


@pytest.mark.parametrize("act", [act for act in CLOSINGS if not act.startswith("release")])
def test_what_foreign_pages_hold_ends(piece: Track, client: Client, act: str) -> None:
    held = frames(client, piece)
    assert set(statuses(client, held).values()) == {200, 302}
    CLOSINGS[act](piece)
    assert open_ones(client, held) == []


def test_an_unlisted_piece_that_becomes_private_ends(client: Client) -> None:
    with whole_piece(visibility="unlisted") as track:
        held = addresses(client, track, track.token)
        assert set(statuses(client, held).values()) == {200}
        set_visibility(track=track, visibility="private", by=track.owner)
        assert open_ones(client, held) == []


def test_opening_a_piece_ends_nothing(client: Client) -> None:
    with whole_piece(visibility="unlisted") as track:
        held = addresses(client, track, track.token)
        set_visibility(track=track, visibility="public", by=track.owner)
        assert set(statuses(client, held).values()) == {200}


def test_a_hidden_version_ends_with_its_stems_and_its_tests(piece: Track, client: Client) -> None:
    first, second = piece.versions.order_by("number")
    held = addresses(client, piece)
    versions.make_primary(version=second, by=piece.owner)
    versions.hide(version=first, by=piece.owner)
    others = {name: a for name, a in held.items() if "v2" in name or "cinema" in name}
    gone = {name: a for name, a in held.items() if name not in others}
    assert len(gone) == 11
    assert open_ones(client, gone) == []
    assert set(statuses(client, others).values()) == {200}, "what is still shown goes on"


def test_a_part_that_is_deleted_ends(piece: Track, client: Client) -> None:
    first, second = piece.versions.order_by("number")
    held = addresses(client, piece)
    stems.delete(stem=first.stems.get(), by=piece.owner)
    visuals.remove(track=piece, by=piece.owner)
    versions.delete(version=second, by=piece.owner)
    shown = [name for name in held if "of v1" in name]
    assert open_ones(client, held) == shown


def by_token(track: Track) -> tuple[Client, str, Callable[[], Any]]:
    link = ReviewLinkFactory.create(track=track)
    return Client(), link.token, lambda: review_links.revoke(link=link)


def by_link_that_runs_out(track: Track) -> tuple[Client, str, Callable[[], Any]]:
    link = ReviewLinkFactory.create(track=track)

    def end() -> None:
        ReviewLink.objects.update(expires_at=timezone.now())
        review_links.sweep_links()

    return Client(), link.token, end


def as_reviewer(track: Track) -> tuple[Client, str, Callable[[], Any]]:
    client, friend = Client(), UserFactory.create()
    Reviewer.objects.create(track=track, user=friend, invited_by=track.owner)
    client.force_login(friend)
    return client, "", lambda: reviewers.dismiss(track=track, user=friend)


def as_approver(track: Track) -> tuple[Client, str, Callable[[], Any]]:
    client, friend = Client(), UserFactory.create()
    Approver.objects.create(track=track, user=friend, named_by=track.owner)
    client.force_login(friend)
    return client, "", lambda: signoff.dismiss_approver(track=track, by=track.owner, user=friend)


def as_banned_reviewer(track: Track) -> tuple[Client, str, Callable[[], Any]]:
    client, _, _ = as_reviewer(track)
    friend = track.reviewers.get().user
    return client, "", lambda: judges.ban(friend)


HOLDERS = [by_token, by_link_that_runs_out, as_reviewer, as_approver, as_banned_reviewer]


@pytest.mark.parametrize("holder", HOLDERS, ids=lambda each: each.__name__)
def test_what_a_guest_of_a_private_piece_holds_ends(holder: Any) -> None:
    with whole_piece(visibility="private") as track:
        client, key, end = holder(track)
        held = addresses(client, track, key)
        assert set(statuses(client, held).values()) == {200}
        end()
        assert open_ones(Client(), held) == []


def test_the_ban_of_a_listener_leaves_what_everybody_hears(piece: Track, client: Client) -> None:
    held = addresses(client, piece)
    judges.ban(UserFactory.create())
    assert set(statuses(client, held).values()) == {200}


@pytest.mark.django_db(transaction=True)
def test_who_reads_the_row_while_it_closes_keeps_nothing_of_it(client: Client) -> None:
    """Delivery that read the old epoch before the commit may not keep it after."""
    with whole_piece(visibility="public") as track:
        media = track.primary_version.media
        old = records.find(media.pk)
        set_visibility(track=track, visibility="private", by=track.owner)
        cache.add(Media.cache_key(media.pk), tuple(old), 30)  # as a slow reader does
        assert records.find(media.pk).epoch == old.epoch + 1
        stem = track.primary_version.stems.get()
        gone, asset = stem.media_id, stem.media.asset_id
        stem.delete()
        remove_media(stem.media)
        cache.add(Media.cache_key(gone), (0, asset, "a1", "a1"), 30)
        assert records.find(gone) is None


def test_a_running_site_refuses_within_a_minute(site: Site) -> None:
    with whole_piece(visibility="public") as track:
        held = addresses(Client(), track)
        site.serve()
        with site.client() as listener:
            assert {listener.get(address).status_code for address in held.values()} == {200}
            set_visibility(track=track, visibility="private", by=track.owner)

            def all_refused() -> bool:
                codes = {listener.get(address).status_code for address in held.values()}
                return codes <= {403, 404}

            wait_until(all_refused, 60, every=0.5)
