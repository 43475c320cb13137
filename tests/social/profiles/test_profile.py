"""A person's page."""

from typing import Any

import pytest
from django.test import Client

from social.models import User
from tests.factories import moderation as judges
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, UnlistedTrackFactory

pytestmark = pytest.mark.django_db


def test_shows_what_they_published_and_nothing_else(client: Client) -> None:
    artist = UserFactory(handle="mira", display_name="Mira <Lund>")
    song = PublicTrackFactory(owner=artist)
    ReadyTrackFactory(owner=artist)
    UnlistedTrackFactory(owner=artist)
    PublicTrackFactory()
    page = client.get("/@mira/")
    assert [track.pk for track in page.context["tracks"]] == [song.pk]
    assert "Mira &lt;Lund&gt;" in page.content.decode()
    assert artist.email not in page.content.decode()


def test_a_handle_is_found_in_any_case(client: Client) -> None:
    UserFactory(handle="mira")
    assert client.get("/@MIRA/")["Location"] == "/@mira/"


@pytest.mark.parametrize("closed", [{"is_banned": True}, {"is_active": False}])
def test_closed_accounts_have_no_page(client: Client, closed: dict[str, bool]) -> None:
    UserFactory(handle="mira")
    judges.as_before_decisions(User.objects.filter(handle="mira"), **closed)
    assert client.get("/@mira/").status_code == 404


def test_nobody_is_not_found(client: Client) -> None:
    assert client.get("/@nobody/").status_code == 404


def test_queries_do_not_grow_with_the_list(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    artist = UserFactory(handle="mira")
    client.force_login(artist)
    PublicTrackFactory.create_batch(3, owner=artist)
    # The keys are chosen first and dressed afterwards; one asks for the artist's names.
    with django_assert_max_num_queries(7) as few:
        client.get("/@mira/")
    PublicTrackFactory.create_batch(6, owner=artist)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/@mira/")
