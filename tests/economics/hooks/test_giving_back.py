"""A provider is asked to give back what is here to be given back, and that alone."""

from typing import Any

import pytest

from economics.contributions import services as contributions
from economics.hooks import kinds
from economics.ledger import selectors
from economics.models import Contribution
from economics.providers.driver import Driver
from media_pipeline.jobs.errors import Permanent, Transient
from tests.factories.economics import confirm, declare

pytestmark = pytest.mark.django_db


class Lease:
    """What a job is given of itself."""

    def __init__(self, given: Contribution) -> None:
        self.job: Any = type("Job", (), {"payload": {"id": str(given.pk)}})


def given_by_driver() -> Contribution:
    return confirm(declare(provider="test"), fee=33)


def test_what_a_bank_asks_back_waits_and_is_not_paid_twice(driver: Driver) -> None:
    given = given_by_driver()
    contributions.dispute(given.pk, reference="case 1")
    with pytest.raises(Transient):
        kinds.give_back(Lease(given))
    assert driver.asked() == []
    contributions.end_dispute(given.pk, won=False, reference="case 1")
    with pytest.raises(Permanent):
        kinds.give_back(Lease(given))
    assert driver.asked() == [], "the bank has taken it: nobody gives it once more"


def test_what_was_won_is_given_back_after_it_once(driver: Driver) -> None:
    given = given_by_driver()
    contributions.dispute(given.pk, reference="case 1")
    contributions.end_dispute(given.pk, won=True, reference="case 1")
    for _ in range(2):
        kinds.give_back(Lease(given))
    assert len(driver.asked()) == 1
    assert {key: amount for key, amount in selectors.balances().items() if amount} == {
        "provider_clearing:test": -33,
        "refund_loss:": 33,
    }


def test_a_dispute_in_the_middle_of_the_call_is_waited_for(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, ask = given_by_driver(), driver.refund

    def slowly(one: Contribution, key: str) -> str:
        contributions.dispute(one.pk, reference="case 1")
        return ask(one, key)

    monkeypatch.setattr(driver, "refund", slowly)
    with pytest.raises(Transient):
        kinds.give_back(Lease(given))
    contributions.end_dispute(given.pk, won=True, reference="case 1")
    kinds.give_back(Lease(given))
    given.refresh_from_db()
    assert (given.status, len(driver.asked())) == ("refunded", 1)


@pytest.mark.parametrize("step", ["declared", "cancelled"])
def test_what_never_came_is_not_given_back(driver: Driver, step: str) -> None:
    given = declare(provider="test")
    if step == "cancelled":
        contributions.cancel(given.pk)
    with pytest.raises(Permanent):
        kinds.give_back(Lease(given))
    assert driver.asked() == []
