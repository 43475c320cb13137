"""Where the key of sealed words is lost, after a restore: what matters without them goes on."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config.lib import cipher
from economics.models import ArtistPayout
from economics.payouts import services
from tests.economics.contributions.test_finance import at
from tests.economics.pay_links.test_pay_links import IBAN
from tests.factories.economics import ask_payout, confirm, declare, finance, link_of
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lose(settings: Any) -> Iterator[Callable[[], None]]:
    """A function by which the key is lost, and is there again."""
    keys = ["another one, after a restore", settings.SECRET_KEY]

    def turn() -> None:
        settings.SECRET_KEY = keys[0]
        keys.reverse()
        cipher.forget_keys()

    yield turn
    if keys[0] != "another one, after a restore":
        turn()


def test_what_was_asked_for_is_sent_and_nothing_of_it_is_overwritten(
    lose: Callable[[], None],
) -> None:
    artist, boss = UserFactory.create(), finance()
    confirm(declare(artist, amount=10_000))
    row = ask_payout(artist)
    known = row.destination
    lose()
    told = ArtistPayout.objects.get(pk=row.pk)
    assert told.destination.startswith("Not to be read")
    services.send(row.pk, reference="t", sent_on=timezone.localdate(), by=boss)
    lose()
    told.refresh_from_db()
    assert (told.status, told.destination) == ("sent", known)


def test_a_giver_still_finds_how_to_pay_by_what_needs_no_key(lose: Callable[[], None]) -> None:
    artist = UserFactory.create()
    link_of(artist)
    link_of(artist, "iban", IBAN)
    given = declare(artist, mode="direct", provider="direct")
    page = f"/support/given/{given.key}/"
    assert IBAN[:4] in Client().get(page).text
    lose()
    shown = Client().get(page)
    assert (shown.status_code, "ko-fi.com" in shown.text) == (200, True)
    lose()
    assert at(artist).get("/me/pay-links/").status_code == 200
