"""Review links: whom they let in, and how they end."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from config.lib.limits import LIMITS
from media_pipeline.models import Media
from social.models import ReviewLink
from social.review.services import links as review_links
from tests.factories.review import ReviewLinkFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, UnlistedTrackFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> ReviewLink:
    """A living link without a password to a private track."""
    return ReviewLinkFactory()


def address(link: ReviewLink) -> str:
    return f"/r/{link.token}/"


def sound(link: ReviewLink) -> str:
    return f"/api/v1/versions/{link.track.primary_version_id}/?token={link.token}"


def test_a_link_opens_the_private_track_to_a_visitor(client: Client, link: ReviewLink) -> None:
    assert client.get(link.track.get_absolute_url()).status_code == 404
    page = client.get(address(link))
    assert page.status_code == 200
    assert page.context["player"]["key"] == link.token
    assert page.context["player"]["url"] == address(link)
    assert client.get(sound(link)).json()["hls_url"]


def test_its_page_is_kept_by_nobody(client: Client, link: ReviewLink) -> None:
    headers = client.get(address(link)).headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Robots-Tag"] == "noindex"


def test_a_link_opens_nothing_but_its_own_track(client: Client, link: ReviewLink) -> None:
    other = ReviewLinkFactory()
    mixed = f"/api/v1/versions/{other.track.primary_version_id}/?token={link.token}"
    assert client.get(mixed).status_code == 404


def test_many_links_open_the_track_once(client: Client, link: ReviewLink) -> None:
    ReviewLinkFactory.create_batch(3, track=link.track)
    assert client.get(address(link)).status_code == 200


@pytest.mark.parametrize("token", ["nothing", "A" * 22, "%00" * 22, "ä" * 22, "A" * 400])
def test_no_link_is_not_found(client: Client, link: ReviewLink, token: str) -> None:
    assert client.get(f"/r/{token}/").status_code == 404
    version = f"/api/v1/versions/{link.track.primary_version_id}/"
    assert client.get(f"{version}?token={token}").status_code == 404


def test_an_unlisted_key_is_not_given_away(client: Client) -> None:
    track = UnlistedTrackFactory()
    link = ReviewLinkFactory(track=track)
    page = client.get(address(link))
    assert page.status_code == 200
    assert track.token not in page.content.decode()
    for path in (sound(link), f"/api/v1/lists/track/{track.slug}/?token={link.token}"):
        told = client.get(path)
        assert told.status_code == 200
        assert track.token not in told.content.decode()
        assert address(link) in told.content.decode()


def test_revoking_ends_page_api_and_sound(client: Client, link: ReviewLink) -> None:
    media = link.track.primary_version.media
    review_links.revoke(link=link)
    gone = client.get(address(link))
    assert gone.status_code == 410
    assert "taken back" in gone.content.decode()
    assert client.get(sound(link)).status_code == 404
    assert Media.objects.get(pk=media.pk).epoch == media.epoch + 1


def test_sound_that_everybody_may_hear_stays(link: ReviewLink) -> None:
    track = PublicTrackFactory()
    epoch = track.primary_version.media.epoch
    review_links.revoke(link=ReviewLinkFactory(track=track))
    assert Media.objects.get(pk=track.primary_version.media.pk).epoch == epoch


def test_time_ends_a_link_at_once_and_its_sound_with_the_next_sweep(
    client: Client, link: ReviewLink
) -> None:
    media = link.track.primary_version.media
    assert review_links.sweep_links() == 0
    ReviewLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    gone = client.get(address(link))
    assert gone.status_code == 410
    assert "time is over" in gone.content.decode()
    assert client.get(sound(link)).status_code == 404
    assert review_links.sweep_links() == 1
    assert review_links.sweep_links() == 0
    assert Media.objects.get(pk=media.pk).epoch == media.epoch + 1
    link.refresh_from_db()
    assert link.has_run_out, "the owner reads that it ran out, not that it was revoked"


def test_a_password_is_asked_for_once(client: Client, link: ReviewLink) -> None:
    ReviewLink.objects.update(password=make_password("open sesame"))
    door = client.get(address(link))
    assert "piece for you" in door.content.decode()
    assert link.track.title not in door.content.decode()
    assert client.get(sound(link)).status_code == 404
    wrong = client.post(f"{address(link)}password/", {"password": "open"})
    assert wrong.status_code == 422
    assert "not the password" in wrong.content.decode()
    right = client.post(f"{address(link)}password/", {"password": "open sesame"})
    assert right["Location"] == address(link)
    assert client.get(address(link)).context["track"] == link.track
    assert client.get(sound(link)).status_code == 200
    assert Client().get(sound(link)).status_code == 404, "another browser has to prove it too"


def test_guessing_is_slowed_down(client: Client, link: ReviewLink) -> None:
    ReviewLink.objects.update(password=make_password("open sesame"))
    for _ in range(LIMITS["review-password"].most):
        assert client.post(f"{address(link)}password/", {"password": "x"}).status_code == 422
    refused = client.post(f"{address(link)}password/", {"password": "open sesame"})
    assert refused.status_code == 429
    assert "Wait a quarter of an hour" in refused.content.decode()
    assert client.get(sound(link)).status_code == 404


def plays(link: ReviewLink) -> int:
    link.refresh_from_db()
    return link.plays


def test_a_listening_counts_once_for_a_visitor(client: Client, link: ReviewLink) -> None:
    for _ in range(3):
        assert client.post(f"{address(link)}plays/").status_code == 204
    assert plays(link) == 1
    assert link.last_played_at is not None
    Client().post(f"{address(link)}plays/")
    assert plays(link) == 2


def test_a_listening_counts_again_later(client: Client, link: ReviewLink) -> None:
    answer = client.post(f"{address(link)}plays/")
    cookie = answer.cookies["heard"]
    assert (cookie["max-age"], cookie["path"]) == (1800, address(link))
    assert cookie["httponly"]
    del client.cookies["heard"]  # as a browser does after half an hour
    client.post(f"{address(link)}plays/")
    assert plays(link) == 2


def test_the_owner_and_who_is_not_in_are_not_counted(client: Client, link: ReviewLink) -> None:
    client.force_login(link.track.owner)
    client.post(f"{address(link)}plays/")
    ReviewLink.objects.update(password=make_password("open sesame"))
    Client().post(f"{address(link)}plays/")
    assert plays(link) == 0


def test_whoever_is_signed_in_may_come_by_a_link_too(client: Client, link: ReviewLink) -> None:
    client.force_login(UserFactory())
    assert client.get(address(link)).status_code == 200
    review_links.revoke(link=link)
    assert client.get(address(link)).status_code == 410
    assert client.get(sound(link)).status_code == 404


def test_the_owner_may_look_as_a_guest_of_the_newest_link(client: Client, link: ReviewLink) -> None:
    client.force_login(link.track.owner)
    own_page = client.get(link.track.get_absolute_url())
    assert f'href="{address(link)}?as=visitor"' in own_page.text
    person = client.cookies["nexus-person"].value
    page = client.get(address(link), {"as": "visitor"}).text
    assert "You see this as a guest with this link does" in page
    assert 'as="visitor"' in page
    assert "Title, words, visibility" not in page
    assert "sign-off" not in page
    assert client.cookies["nexus-person"].value == person, "they are still who they are"
    assert "You see this as a guest" not in client.get(address(link)).text
    client.force_login(UserFactory())
    assert "You see this as a guest" not in client.get(address(link), {"as": "visitor"}).text
    review_links.revoke(link=link)
    client.force_login(link.track.owner)
    assert "?as=visitor" not in client.get(link.track.get_absolute_url()).text


def test_its_page_costs_few_queries(
    client: Client, link: ReviewLink, django_assert_max_num_queries: Any
) -> None:
    client.get(address(link))
    with django_assert_max_num_queries(12):
        client.get(address(link))
