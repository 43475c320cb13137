"""What an artist who has left cannot be paid goes back or on, and never to the site."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from config.lib.problems import Problem
from economics.books.checking import verify
from economics.contributions import services as contributions
from economics.ledger.selectors import balance, owed
from economics.ledger.services import leg, post
from economics.models import Contribution, LedgerAccount, LedgerTransaction
from economics.unallocated import rules, selectors, services
from social.models import User
from tests.factories.economics import charity, confirm, declare
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db

Kind = LedgerAccount.Kind


@pytest.fixture
def gone() -> User:
    """An artist who has left."""
    return UserFactory.create(left_at=timezone.now())


def paid_out(artist: User, amount: int) -> None:
    """Send the artist something of what is owed."""
    legs = [leg(Kind.ARTIST_PAYABLE, amount, artist.pk)]
    post("payout.sent", f"out {amount}", [*legs, leg(Kind.PROVIDER_CLEARING, -amount, "manual")])


def later() -> datetime:
    """Return a moment at which everything has waited."""
    return timezone.now() + timedelta(days=400)


def set_aside(given: Contribution) -> int:
    """Return how much of it is set aside."""
    return owed(Kind.UNALLOCATED, given.pk)


def test_what_is_owed_to_who_has_left_is_set_aside_once(gone: User) -> None:
    first, second = confirm(declare(gone)), confirm(declare(gone, amount=500))
    there = confirm(declare())
    assert services.carry_out() == 2
    assert services.carry_out() == 0
    assert (set_aside(first), set_aside(second), set_aside(there)) == (700, 350, 0)
    assert owed(Kind.ARTIST_PAYABLE, gone.pk) == 0
    assert owed(Kind.ARTIST_PAYABLE, there.artist_id) == 700
    assert list(verify()) == []


def test_what_was_paid_out_was_of_the_oldest(gone: User) -> None:
    first, second = confirm(declare(gone)), confirm(declare(gone, amount=500))
    paid_out(gone, 800)
    services.carry_out()
    assert (set_aside(first), set_aside(second)) == (0, 250)


def test_what_comes_in_after_they_left_is_set_aside_too(gone: User) -> None:
    first = confirm(declare(gone))
    services.carry_out()
    second = confirm(declare(gone))
    services.carry_out()
    assert (set_aside(first), set_aside(second)) == (700, 700)


def test_what_its_giver_was_given_back_is_set_aside_no_more(gone: User) -> None:
    given, other = confirm(declare(gone)), confirm(declare(gone))
    services.carry_out()
    contributions.refund(given.pk, reference="back")
    assert owed(Kind.ARTIST_PAYABLE, gone.pk) == -700
    services.carry_out()
    assert (set_aside(given), set_aside(other)) == (0, 700)
    assert owed(Kind.ARTIST_PAYABLE, gone.pk) == 0


def test_after_its_months_it_is_to_be_given_back(gone: User) -> None:
    given = confirm(declare(gone))
    services.carry_out()
    assert services.empty(timezone.now() + timedelta(days=300)) == 0
    assert services.empty(later()) == 1
    assert services.empty(later()) == 0
    assert (set_aside(given), owed(Kind.GIVER_PAYABLE, given.pk)) == (0, 700)
    assert owed(Kind.PLATFORM_REVENUE) == 100
    out = StringIO()
    call_command("ledger", "sent-back", str(given.pk), "--reference", "bank 9", stdout=out)
    assert "€7.00" in out.getvalue()
    assert owed(Kind.GIVER_PAYABLE, given.pk) == 0
    assert balance(Kind.PROVIDER_CLEARING, "manual") == 300
    row = LedgerTransaction.objects.get(kind="unallocated.sent_back")
    assert (row.external, row.subject) == ("bank 9", given.pk)
    with pytest.raises(CommandError, match="Nothing of this"):
        call_command("ledger", "sent-back", str(given.pk), "--reference", "bank 9")


def test_or_it_goes_to_a_charity(gone: User, settings: Any) -> None:
    settings.NEXUS_UNALLOCATED_TO = "wikimedia"
    given = confirm(declare(gone))
    services.carry_out()
    services.empty(later())
    assert set_aside(given) == 0
    assert owed(Kind.CHARITY_PAYABLE, charity("wikimedia").pk) == 700
    assert owed(Kind.PLATFORM_REVENUE) == 100


@pytest.mark.parametrize("nobody", ["nobody", "platform", ""])
def test_where_the_setting_names_no_charity_it_stays(
    gone: User, settings: Any, nobody: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings.NEXUS_UNALLOCATED_TO = nobody
    given = confirm(declare(gone))
    services.carry_out()
    assert services.empty(later()) == 0
    assert set_aside(given) == 700
    assert "names no charity" in caplog.text


def test_months_are_those_of_the_calendar(settings: Any) -> None:
    def day(*numbers: int) -> datetime:
        return datetime(*numbers, tzinfo=UTC)  # type: ignore[misc]

    settings.NEXUS_UNALLOCATED_MONTHS = 6
    assert rules.waited_since(datetime(2027, 3, 31, tzinfo=UTC)) == datetime(
        2026, 9, 30, tzinfo=UTC
    )
    settings.NEXUS_UNALLOCATED_MONTHS = 12
    assert rules.waited_since(datetime(2028, 2, 29, tzinfo=UTC)) == datetime(
        2027, 2, 28, tzinfo=UTC
    )


def test_a_reference_is_needed_and_something_to_send(gone: User) -> None:
    with pytest.raises(Problem, match="reference"):
        services.sent_back(uuid4(), reference=" ")
    with pytest.raises(Problem, match="Nothing"):
        services.sent_back(uuid4(), reference="x")


def test_the_queries_do_not_grow_with_who_is_there(django_assert_max_num_queries: Any) -> None:
    for _ in range(5):
        confirm(declare())
    with django_assert_max_num_queries(8):
        services.carry_out()
    assert selectors.waiting() == []
