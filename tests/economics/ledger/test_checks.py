"""Which way money goes, and in which currency: others are refused with a sentence."""

from typing import Any

import pytest
from django.core.checks import run_checks

from config.lib.health import Note, Trouble
from config.process import startup
from economics import money
from economics.contributions import rules
from economics.ledger.checks import money as told
from economics.models import LedgerEntry
from tests.factories.economics import confirm, declare

pytestmark = pytest.mark.django_db


def sentences() -> list[str]:
    """Return what is wrong with the money of this site."""
    return [str(one.msg) for one in run_checks(tags=["money"], databases=["default"])]


@pytest.mark.parametrize("code", ["EUR", "USD", "JPY", "ISK", "KWD"])
def test_currencies_of_any_number_of_decimals_are_fine(settings: Any, code: str) -> None:
    settings.NEXUS_CURRENCY = code
    assert sentences() == []
    given = confirm(declare(amount=7, currency=code), fee=2)
    assert sum(rules.parts_of(given).values()) == 5
    assert {one.currency for one in LedgerEntry.objects.all()} == {code}
    assert sentences() == []
    assert money.read(money.plain(7)) == 7


@pytest.mark.parametrize("code", ["", "EURO", "XYZ", "eu"])
def test_what_is_no_currency_is_refused(settings: Any, code: str) -> None:
    settings.NEXUS_CURRENCY = code
    assert sentences() == [f"NEXUS_CURRENCY is {code!r}, which is no currency."]
    with pytest.raises(Trouble, match="no currency"):
        told()
    with pytest.raises(SystemExit, match="such as EUR"):
        startup.refuse_other_money()


def test_a_ledger_stays_in_its_currency(settings: Any) -> None:
    settings.NEXUS_CURRENCY = "USD"
    assert sentences() == []
    confirm(declare(currency="USD"))
    settings.NEXUS_CURRENCY = "EUR"
    assert sentences() == ["NEXUS_CURRENCY is EUR, but the ledger of this site is in USD."]
    with pytest.raises(SystemExit, match="set NEXUS_CURRENCY=USD"):
        startup.refuse_other_money()


def test_money_goes_one_of_two_ways(settings: Any) -> None:
    settings.NEXUS_MONEY = "both"
    assert sentences() == ["NEXUS_MONEY is 'both', and money goes one of two ways."]
    settings.NEXUS_MONEY = "pooled"
    assert "answer for it" in told()
    settings.NEXUS_TEST_PROVIDER = True
    assert isinstance(told(), Note)
