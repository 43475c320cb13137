"""Sockets of whoever came by a review link: as open as the link, and no longer."""

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.hashers import make_password
from django.test import Client

from social.models import ReviewLink
from social.review.services import links as review_links
from tests.factories.media_pipeline import JobFactory
from tests.factories.review import ReviewLinkFactory
from tests.factories.tracks import TrackFactory
from tests.sockets import drive, socket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("door")]


@pytest.fixture
def link() -> ReviewLink:
    """A link to a private track that is still being made."""
    track = TrackFactory.create()
    JobFactory.create(asset=track.primary_version.media.asset)
    return ReviewLinkFactory.create(track=track)


def shown(link: ReviewLink) -> str:
    return f"/ws/versions/{link.track.primary_version_id}/"


def test_revoking_hangs_up(link: ReviewLink) -> None:
    path, held = shown(link), f"{shown(link)}?token={link.token}"

    async def story() -> None:
        assert not (await socket(path).connect())[0], "without the key it is closed"
        watching = socket(held)
        assert (await watching.connect())[0]
        await watching.receive_from()
        await sync_to_async(review_links.revoke)(link=link)
        assert (await watching.receive_output(timeout=3))["code"] == 4404
        assert not (await socket(held).connect())[0]

    drive(story)


def test_a_password_proven_on_the_page_opens_the_socket(link: ReviewLink) -> None:
    ReviewLink.objects.update(password=make_password("two words"))
    held = f"{shown(link)}?token={link.token}"
    client = Client()
    client.post(f"/r/{link.token}/password/", {"password": "two words"})

    async def story() -> None:
        assert not (await socket(held).connect())[0]
        assert (await socket(held, client).connect())[0]

    drive(story)


def test_the_notes_hang_up_too(link: ReviewLink) -> None:
    path = f"/ws/tracks/{link.track.pk}/notes/?token={link.token}"

    async def story() -> None:
        watching = socket(path)
        assert (await watching.connect())[0]
        await watching.receive_from()
        await sync_to_async(review_links.revoke)(link=link)
        heard = await watching.receive_output(timeout=3)
        assert (heard["type"], heard["code"]) == ("websocket.close", 4404)

    drive(story)
