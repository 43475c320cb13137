"""What is given each month: asked for on its day, once, and only while it can be."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.lib.problems import Problem
from economics.models import Charity, Contribution, PayLink, Pledge
from economics.pledges import rules, services
from social.models import User
from tests.contracts.given import begin_for
from tests.factories import moderation as judges
from tests.factories.economics import charity
from tests.factories.social import UserFactory
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
MONTH = timedelta(days=32)


@pytest.fixture
def pledge() -> Pledge:
    """A monthly one, of somebody to an artist who is paid directly."""
    artist = UserFactory.create(handle="ada")
    PayLink.objects.create(artist=artist, kind="page", address="https://pay.example/ada")
    return begin_for(UserFactory.create(display_name="Gil"), artist)


def later(pledge: Pledge) -> datetime:
    """Return a moment just after the next month fell due."""
    pledge.refresh_from_db()
    return pledge.next_at + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("began", "number", "due"),
    [
        ((2027, 1, 31), 1, (2027, 2, 28)),
        ((2027, 1, 31), 2, (2027, 3, 31)),
        ((2027, 1, 31), 3, (2027, 4, 30)),
        ((2028, 1, 31), 1, (2028, 2, 29)),
        ((2028, 2, 29), 12, (2029, 2, 28)),
        ((2027, 11, 30), 3, (2028, 2, 29)),
        ((2027, 12, 15), 1, (2028, 1, 15)),
    ],
)
def test_a_month_ends_on_its_day_or_on_the_last_there_is(
    began: tuple[int, int, int], number: int, due: tuple[int, int, int]
) -> None:
    with timezone.override(BERLIN):
        start = datetime(*began, 23, 30, tzinfo=BERLIN)
        assert rules.month_of(start, number) == datetime(*due, 23, 30, tzinfo=BERLIN)


@pytest.mark.parametrize("days", [0, 1, 27, 31, 59, 365, 800])
def test_the_next_month_is_the_first_that_lies_ahead(days: int) -> None:
    start = datetime(2027, 1, 31, 12, tzinfo=BERLIN)
    moment = start + timedelta(days=days)
    found = rules.next_after(start, moment)
    months = [rules.month_of(start, number) for number in range(1, 40)]
    assert found == min(each for each in months if each > moment)


def test_each_month_is_asked_for_once(pledge: Pledge) -> None:
    assert services.fall_due() == 0
    now = later(pledge)
    assert [services.fall_due(now), services.fall_due(now)] == [1, 0]
    months = pledge.contributions.order_by("pk")
    assert [month.status for month in months] == ["declared", "declared"]
    assert months[1].client_key.startswith(f"pledge:{pledge.pk}:")
    pledge.refresh_from_db()
    assert pledge.months == 2
    assert pledge.next_at > now


def test_a_site_that_was_away_asks_for_one_month_and_no_arrears(pledge: Pledge) -> None:
    now = later(pledge) + 3 * MONTH
    assert [services.fall_due(now), services.fall_due(now)] == [1, 0]
    pledge.refresh_from_db()
    assert now < pledge.next_at < now + MONTH


def test_a_month_that_was_asked_for_is_never_asked_for_again(pledge: Pledge) -> None:
    """Should the day be set back by whatever hand."""
    due = pledge.next_at
    now = later(pledge)
    assert services.fall_due(now) == 1
    Pledge.objects.filter(pk=pledge.pk).update(next_at=due)
    assert services.fall_due(now) == 0
    pledge.refresh_from_db()
    assert (pledge.months, pledge.contributions.count()) == (2, 2)
    assert pledge.next_at > now


def test_it_pauses_goes_on_and_ends(pledge: Pledge) -> None:
    giver = pledge.giver
    services.pause(pledge, by=giver)
    assert services.fall_due(later(pledge)) == 0
    services.resume(pledge, by=giver)
    assert pledge.contributions.count() == 1
    services.cancel(pledge, by=giver)
    assert services.fall_due(later(pledge)) == 0
    with pytest.raises(Problem) as refusal:
        services.resume(pledge, by=giver)
    assert refusal.value.type == "pledge-ended"
    with pytest.raises(Problem) as refusal:
        services.pause(pledge, by=UserFactory.create())
    assert refusal.value.type == "not-own"


def ban_artist(pledge: Pledge) -> None:
    judges.ban(pledge.artist)


def take_link(pledge: Pledge) -> None:
    PayLink.objects.all().delete()


def take_charity(pledge: Pledge) -> None:
    found = charity()
    found.is_active = False
    found.save()


def ban_giver(pledge: Pledge) -> None:
    judges.ban(pledge.giver)


def take_link_of_charity(pledge: Pledge) -> None:
    Charity.objects.update(pay_link="")


def give_to_a_site_that_is_not_paid(pledge: Pledge) -> None:
    Pledge.objects.update(charity_bp=2000, platform_bp=1000)


@pytest.mark.parametrize(
    "deed",
    [
        *(ban_artist, take_link, take_charity),
        *(ban_giver, take_link_of_charity, give_to_a_site_that_is_not_paid),
    ],
)
def test_what_cannot_be_given_any_more_pauses(pledge: Pledge, deed: Any) -> None:
    deed(pledge)
    assert services.fall_due(later(pledge)) == 0
    pledge.refresh_from_db()
    assert pledge.status == "paused"
    assert pledge.contributions.count() == 1


def test_a_site_that_changes_its_way_asks_for_nothing_in_the_other(
    pledge: Pledge, settings: Any
) -> None:
    settings.NEXUS_MONEY = "pooled"
    assert services.fall_due(later(pledge)) == 0
    pledge.refresh_from_db()
    assert pledge.status == "paused"


def browser(person: User) -> Client:
    cache.clear()
    client = Client()
    client.force_login(person)
    return client


def test_its_giver_changes_it_from_the_next_month_on(pledge: Pledge) -> None:
    client, page = browser(pledge.giver), reverse("pledge", args=[pledge.pk])
    assert 'value="5.00"' in client.get(page).content.decode()
    words = {"amount": "8", "artist_percent": "50", "charity_percent": "50", "charity": "wikimedia"}
    assert client.post(page, words | {"artist_percent": "60"}).status_code == 422
    assert client.post(page, words | {"charity": ""}).status_code == 422
    assert client.post(page, words).status_code == 302
    services.fall_due(later(pledge))
    month = pledge.contributions.latest("pk")
    assert (month.amount, month.artist_bp, month.charity.slug) == (800, 5000, "wikimedia")
    assert pledge.contributions.earliest("pk").amount == 500


def test_the_page_pauses_and_ends_it_and_is_nobody_elses(pledge: Pledge) -> None:
    client = browser(pledge.giver)
    for act, status in (("pause", "paused"), ("resume", "active"), ("cancel", "cancelled")):
        assert client.post(reverse("pledge-act", args=[pledge.pk, act])).status_code == 302
        pledge.refresh_from_db()
        assert pledge.status == status
    assert client.post(reverse("pledge-act", args=[pledge.pk, "shout"])).status_code == 404
    assert "already" not in client.get("/me/giving/").content.decode()
    other = browser(UserFactory.create())
    assert other.post(reverse("pledge-act", args=[pledge.pk, "pause"])).status_code == 404
    assert other.get(reverse("pledge", args=[pledge.pk])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_round_and_its_letter_come_once_whenever_a_machine_dies(
    pledge: Pledge, mailoutbox: Any
) -> None:
    do_jobs()  # the letter of the first month
    sent = len(mailoutbox)
    services.fall_due(later(pledge))  # and here the machine dies: no reader has read anything
    assert len(mailoutbox) == sent
    do_jobs()
    services.fall_due(timezone.now())
    do_jobs()
    to_giver = [mail for mail in mailoutbox[sent:] if mail.to == [pledge.giver.email]]
    assert [mail.subject.strip() for mail in to_giver] == ["How to pay what you give"]
    assert "https://pay.example/ada" in to_giver[0].body
    assert "/me/giving/" in to_giver[0].body
    assert Contribution.objects.count() == 2
