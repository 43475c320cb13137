"""What is given back to its giver after it was set aside comes out of wherever it has gone."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from config.lib.problems import Problem
from economics.contributions import services as contributions
from economics.ledger.selectors import balances, owed
from economics.models import LedgerAccount
from economics.unallocated import services
from social.models import User
from tests.factories.economics import charity, confirm, declare
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db
Kind = LedgerAccount.Kind


@pytest.fixture
def gone() -> User:
    """An artist who has left."""
    return UserFactory.create(left_at=timezone.now())


def later() -> datetime:
    """Return a moment at which everything has waited."""
    return timezone.now() + timedelta(days=400)


def left() -> dict[str, int]:
    """Return every kind of account on which something is left."""
    return {key.partition(":")[0]: amount for key, amount in balances().items() if amount}


@pytest.mark.parametrize("to", ["giver", "creative-commons"])
def test_it_comes_back_from_its_giver_and_from_a_charity(
    gone: User, settings: Any, to: str
) -> None:
    settings.NEXUS_UNALLOCATED_TO = to
    given = confirm(declare(gone))
    services.carry_out(later())
    contributions.refund(given.pk, reference="back")
    with pytest.raises(Problem) as refusal:
        services.sent_back(given.pk, reference="once more")
    assert refusal.value.type == "nothing-to-give-back"
    assert services.carry_out(later()) == 1
    assert left() == {}, "the giver has all of it, and nobody has it twice"
    assert services.carry_out(later()) == 0


def test_it_comes_back_though_as_much_has_come_in_since(gone: User) -> None:
    first = confirm(declare(gone))
    services.carry_out()
    contributions.refund(first.pk, reference="back")
    second = confirm(declare(gone))
    assert owed(Kind.ARTIST_PAYABLE, gone.pk) == 0
    services.set_aside(gone.pk)
    assert (owed(Kind.UNALLOCATED, first.pk), owed(Kind.UNALLOCATED, second.pk)) == (0, 700)


@pytest.mark.parametrize("end", ["refund", "dispute"])
def test_what_is_asked_back_is_not_given_on_in_the_same_moment(gone: User, end: str) -> None:
    given = confirm(declare(gone))
    services.carry_out()
    getattr(contributions, end)(given.pk, reference="back")
    assert services.empty(later()) == 0
    assert owed(Kind.UNALLOCATED, given.pk) == 700


def test_who_asks_it_back_by_their_bank_is_not_sent_it_too(gone: User) -> None:
    given = confirm(declare(gone))
    services.carry_out(later())
    assert owed(Kind.GIVER_PAYABLE, given.pk) == 700
    contributions.dispute(given.pk, reference="case 1")
    with pytest.raises(Problem):
        services.sent_back(given.pk, reference="out")
    contributions.end_dispute(given.pk, won=True, reference="case 1")
    assert services.sent_back(given.pk, reference="out") == 700
    with pytest.raises(Problem):
        services.sent_back(uuid4(), reference="out")


def test_what_was_sent_to_its_giver_is_given_back_only_once(gone: User) -> None:
    given = confirm(declare(gone))
    services.carry_out(later())
    services.sent_back(given.pk, reference="out")
    with pytest.raises(Problem) as refusal:
        contributions.refund(given.pk, reference="back")
    assert refusal.value.type == "sent-back"
    contributions.dispute(given.pk, reference="case 1")
    contributions.end_dispute(given.pk, won=False, reference="case 1")
    services.carry_out(later())
    assert left() == {"provider_clearing": -700, "artist_payable": 700}, "the bank took it twice"
    assert owed(Kind.CHARITY_PAYABLE, charity().pk) == 0
