"""Tax that is within the platform's share: told apart, to the cent, and taken back with it."""

from typing import Any

import pytest

from config.lib import env
from economics.contributions import rules, services
from economics.ledger.selectors import balances
from tests.depth import depth
from tests.factories.economics import confirm, declare

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rates(settings: Any) -> None:
    settings.NEXUS_TAX_RATES = {"DE": 1900, "*": 0, "FR": 550}


def held() -> dict[str, int]:
    """Return what is on the platform's account, and what is owed as tax."""
    names = ("platform_revenue:", "tax_payable:")
    return {key: sum_ for key, sum_ in balances().items() if key.startswith(names) and sum_}


def test_the_share_holds_its_tax() -> None:
    given = confirm(
        declare(amount=1190, platform_bp=10_000, artist_bp=0, charity_bp=0), country="de"
    )
    assert held() == {"platform_revenue:": -1000, "tax_payable:1900": -190}
    assert (given.receipt.country, given.receipt.tax_rate_bp) == ("DE", 1900)


def test_other_countries_have_their_own_rate_or_none() -> None:
    confirm(declare(), country="FR")
    confirm(declare(), country="US")
    confirm(declare())
    assert held() == {"platform_revenue:": -295, "tax_payable:550": -5}


@pytest.mark.parametrize("way", ["refund", "lost"])
def test_it_is_taken_back_at_the_rate_of_its_time(way: str, settings: Any) -> None:
    given = confirm(declare(), country="DE", fee=33)
    assert held() == {"platform_revenue:": -82, "tax_payable:1900": -15}
    settings.NEXUS_TAX_RATES = {"DE": 2000}
    if way == "refund":
        services.refund(given.pk, reference="back")
    else:
        services.dispute(given.pk, reference="case")
        services.end_dispute(given.pk, won=False, reference="case")
    assert held() == {}


def test_a_tax_is_within_half_a_cent_and_never_more_than_the_share() -> None:
    for share in range(depth(some=300, all_of_them=20_000)):
        for rate in (0, 1, 550, 1900, 2700, 9999):
            found = rules.tax_in(share, rate)
            assert 0 <= found <= share
            assert 2 * abs(found * (10_000 + rate) - share * rate) <= 10_000 + rate


def test_rates_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATES", "DE=19, FR=5.5,*=0, CH = 8.1, LU=17.05")
    told = {"DE": 1900, "FR": 550, "*": 0, "CH": 810, "LU": 1705}
    assert env.rates("RATES") == told
    for wrong in ("DE", "DE=x", "de=19", "DEU=19", "DE=-1", "DE=100", "DE=1.234"):
        monkeypatch.setenv("RATES", wrong)
        with pytest.raises(ValueError, match="RATES must hold rates"):
            env.rates("RATES")
