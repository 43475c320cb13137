"""Finance writes nothing down about what is their own, and no day that cannot be."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config.lib.problems import Problem
from economics import days, outgoing
from economics.charities import services as charities
from economics.ledger import selectors as ledger
from economics.payouts import registry, services
from social.models import User
from tests.factories.economics import ask_payout, confirm, declare, disburse, finance
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db


def owed_to(person: User) -> User:
    """Return them with 70.00 that are owed to them."""
    confirm(declare(person, amount=10_000))
    return person


def test_nobody_sends_what_is_their_own_or_says_that_it_never_came() -> None:
    boss, other = owed_to(finance()), finance()
    row, today = ask_payout(boss), timezone.localdate()
    with pytest.raises(Problem) as refusal:
        services.send(row.pk, reference="t", sent_on=today, by=boss)
    assert refusal.value.type == "own-money"
    services.send(row.pk, reference="t", sent_on=today, by=other)
    with pytest.raises(Problem) as refusal:
        services.fail(row.pk, note="It never came.", by=boss)
    assert refusal.value.type == "own-money"
    assert ledger.balance("artist_disbursed", boss.pk) == 1000
    services.fail(row.pk, note="It came back.", by=other)
    assert ledger.balance("artist_disbursed", boss.pk) == 0


def test_in_a_house_of_one_it_waits_a_day() -> None:
    boss = owed_to(finance())
    row = ask_payout(boss)
    with pytest.raises(Problem) as refusal:
        services.send(row.pk, reference="t", sent_on=timezone.localdate(), by=boss)
    assert refusal.value.type == "too-early"


@pytest.mark.parametrize("year", [1, 202, 1026])
def test_a_slip_in_the_year_is_refused_and_the_pages_of_money_stay(year: int) -> None:
    confirm(declare())
    row = disburse(100, sent=False)
    with pytest.raises(Problem) as refusal:
        charities.send(row.pk, reference="t", sent_on=date(year, 11, 30), by=finance())
    assert refusal.value.type == "too-long-ago"
    assert Client().get("/transparency/money/").status_code == 200
    day = timezone.localdate() - outgoing.A_YEAR + timedelta(days=2)
    assert charities.send(row.pk, reference="t", sent_on=day, by=finance()).sent_on == day


def test_months_of_any_year_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "A_YEAR", timedelta(days=700_000))
    confirm(declare())
    row = disburse(100, sent=False)
    charities.send(row.pk, reference="t", sent_on=date(202, 11, 30), by=finance())
    told = Client().get("/transparency/money.json").json()
    assert "0202-11" in told["figures"]["months"]
    assert Client().get("/transparency/money/").status_code == 200


def test_a_stop_begins_on_its_day_as_the_site_counts_days(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    row = ask_payout(owed_to(UserFactory.create()))
    today = timezone.localdate()
    late = datetime.combine(today - timedelta(days=1), datetime.min.time(), UTC)
    stop = registry.Stop(late.replace(hour=23, minute=30), "Stopped.")
    monkeypatch.setattr(services, "stop_of", lambda _person: stop)
    with timezone.override("Pacific/Auckland"):
        left = days.day_of(stop.since) - timedelta(days=1)
        assert left == stop.since.date()
        services.send(row.pk, reference="t", sent_on=left, by=finance())
    row.refresh_from_db()
    assert row.status == "sent"
