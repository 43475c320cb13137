"""What somebody writes beside a gift is read by its artist once the gift is there."""

from typing import Any

import pytest
from django.test import Client

from economics.contributions import archive, services
from social.models import User
from tests.economics.contributions.test_finance import at
from tests.factories.economics import confirm, declare, finance
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db
WORDS, NAME = "Buy my pills at pills.example", "Whoever Gives"


@pytest.fixture
def artist() -> User:
    """Somebody who is given something."""
    return UserFactory.create()


def places(artist: User) -> str:
    """Return all that an artist reads of what they were given."""
    client = at(artist)
    pages = ("/me/received/", "/me/earnings/", "/me/earnings.csv", "/me/payouts/")
    told = [client.get(page).text for page in (*pages, "/me/payouts/statement.csv")]
    return " ".join([*told, *(str(row) for row in archive._rows(artist))])


@pytest.mark.parametrize("step", ["declared", "cancelled", "failed"])
def test_declaring_is_no_way_to_write_to_anybody(artist: User, step: str) -> None:
    given = declare(artist, message=WORDS, giver=UserFactory.create(display_name=NAME))
    if step != "declared":
        services.cancel(given.pk, failed=step == "failed")
    assert WORDS not in places(artist)


@pytest.mark.parametrize("is_public", [True, False])
def test_what_has_come_is_read_and_a_name_only_where_it_may_be(
    artist: User, is_public: bool
) -> None:
    giver = UserFactory.create(display_name=NAME, handle="secretgiver")
    given = declare(artist, message=WORDS, giver=giver, is_public=is_public)
    confirm(given, by=finance())
    told = places(artist)
    assert WORDS in told
    assert (NAME in told) == is_public
    for word in ("secretgiver", str(giver.pk), given.key, giver.email):
        assert (word in told) == (is_public and word == "secretgiver")


def test_nobody_is_named_where_everybody_reads(artist: User, settings: Any) -> None:
    giver = UserFactory.create(display_name=NAME, handle="secretgiver")
    given = declare(artist, message=WORDS, giver=giver, is_public=True)
    confirm(given, by=finance())
    public = ("/transparency/money/", "/transparency/money.json", "/charities/eff/")
    for page in (*public, "/transparency/money.csv", "/api/v1/charities/eff/", "/transparency/"):
        told = Client().get(page).text
        for word in (NAME, "secretgiver", str(giver.pk), str(given.pk), given.key, artist.handle):
            assert word not in told, (page, word)
