"""What is owed to artists: asked for, sent, failed, stopped, and what is left when they leave."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from config.lib.problems import Problem
from economics.contributions import services as contributions
from economics.ledger import selectors as ledger
from economics.models import ArtistPayout, Contribution
from economics.pay_links import services as pay_links
from economics.payouts import selectors, services
from social.models import Notification, User
from tests.factories import moderation as judges
from tests.factories.economics import ask_payout, confirm, declare, finance, link_of, pay_out
from tests.factories.social import UserFactory
from tests.jobs import read_events

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


@pytest.fixture
def mira() -> User:
    """Return an artist to whom 70.00 are owed."""
    person = UserFactory.create()
    confirm(declare(person, amount=10_000))
    return person


def figures(person: User) -> tuple[int, int, int]:
    """Return what is owed, what can be asked for, and what was sent."""
    found = selectors.balance(person)
    return found.owed, found.free, found.sent


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_what_waits_to_be_sent_is_said_where_one_would_ask_for_more() -> None:
    artist = UserFactory.create()
    confirm(declare(artist, amount=10_000))
    ask_payout(artist)
    client = Client()
    client.force_login(artist)
    page = client.get("/me/payouts/").text
    assert "is not sent yet" in page
    assert 'name="amount"' not in page


def test_what_is_asked_for_is_owed_until_it_was_sent(mira: User) -> None:
    row = ask_payout(mira, 3000)
    assert figures(mira) == (7000, 4000, 0)
    pay_out(row)
    pay_out(row)
    assert figures(mira) == (4000, 4000, 3000)
    assert ledger.balance("provider_clearing", "manual") == 7000
    services.fail(row.pk, note="It came back.", by=finance())
    assert figures(mira) == (7000, 7000, 0)
    assert sum(ledger.balances().values()) == 0


@pytest.mark.parametrize(("amount", "type"), [(999, "payout-too-small"), (7001, "more-than-owed")])
def test_neither_too_little_nor_too_much_is_sent(mira: User, amount: int, type: str) -> None:
    with pytest.raises(Problem) as refusal:
        ask_payout(mira, amount)
    assert refusal.value.type == type
    assert figures(mira) == (7000, 7000, 0)


def test_the_least_is_a_setting_in_the_currency(mira: User, settings: object) -> None:
    settings.NEXUS_PAYOUT_MINIMUM = "0.50"  # type: ignore[attr-defined]
    assert ask_payout(mira, 50).amount == 50


def test_one_at_a_time_and_one_form_once(mira: User) -> None:
    link = link_of(mira)
    words = {"by": mira, "amount": 1000, "link": link, "key": "k" * 22}
    assert services.ask(**words) == services.ask(**words)
    with pytest.raises(Problem, match="not sent yet"):
        ask_payout(mira)
    services.withdraw(ArtistPayout.objects.get().pk, by=mira)
    ask_payout(mira)
    with pytest.raises(Problem, match="Only who asked"):
        services.withdraw(ArtistPayout.objects.latest("id").pk, by=UserFactory.create())


def test_it_goes_where_they_said_when_they_asked(mira: User) -> None:
    row = ask_payout(mira)
    for link in list(mira.pay_links.all()):
        pay_links.remove(link)
    row.refresh_from_db()
    assert row.destination == f"Ko-fi: https://ko-fi.com/{mira.handle}"
    theirs = link_of(UserFactory.create())
    with pytest.raises(Problem, match="how you are paid"):
        services.ask(by=mira, amount=1000, link=theirs, key="x" * 22)


def test_nobody_but_finance_sends_it(mira: User) -> None:
    row = ask_payout(mira)
    for nobody in (mira, judges.moderator()):
        with pytest.raises(Problem, match="Only finance"):
            services.send(row.pk, reference="t", sent_on=timezone.localdate(), by=nobody)
        with pytest.raises(Problem, match="Only finance"):
            services.fail(row.pk, note="n", by=nobody)


def test_a_ban_stops_it_until_it_is_undone_and_takes_nothing(mira: User) -> None:
    row, by = ask_payout(mira, 3000), finance()
    judges.ban(mira)
    with pytest.raises(Problem, match="decision of the moderators"):
        services.send(row.pk, reference="t", sent_on=timezone.localdate(), by=by)
    page = signed_in(by).get(f"/admin/economics/artistpayout/{row.pk}/change/").text
    assert "Do not send it" in page
    assert figures(mira) == (7000, 4000, 0)
    judges.unban(mira)
    services.send(row.pk, reference="t", sent_on=timezone.localdate(), by=by)
    assert figures(mira) == (4000, 4000, 3000)


def test_what_had_left_before_a_ban_is_written_down_all_the_same(mira: User) -> None:
    row, day = ask_payout(mira), timezone.localdate() - timedelta(days=1)
    judges.ban(mira)
    services.send(row.pk, reference="t", sent_on=day, by=finance())
    assert figures(mira)[2] == 1000


def test_who_is_banned_asks_for_nothing(mira: User) -> None:
    link = link_of(mira)
    judges.ban(mira)
    with pytest.raises(Problem) as refusal:
        services.ask(by=mira, amount=1000, link=link, key="k" * 22)
    assert refusal.value.type == "payout-stopped"


def nobodys() -> int:
    """Return all that is nobody's any more."""
    found = ledger.balances().items()
    return -sum(amount for key, amount in found if key.startswith("unallocated:"))


def test_what_is_owed_to_who_leaves_is_set_apart_and_what_they_asked_for_is_sent(
    mira: User,
) -> None:
    row = ask_payout(mira, 3000)
    services.leave(mira)
    services.leave(mira)
    assert figures(mira) == (3000, 0, 0)
    assert nobodys() == 4000
    User.objects.filter(pk=mira.pk).update(handle="gone-0123456789ab")
    services.fail(row.pk, note="The account is closed.", by=finance())
    assert figures(mira) == (0, 0, 0)
    assert nobodys() == 7000
    row.refresh_from_db()
    assert row.destination == ""
    assert sum(ledger.balances().values()) == 0


def test_who_owes_and_leaves_leaves_nothing_to_set_apart(mira: User) -> None:
    pay_out(ask_payout(mira, 7000))
    contributions.refund(Contribution.objects.get().pk, reference="back")
    services.leave(mira)
    assert figures(mira) == (-7000, -7000, 7000)
    assert nobodys() == 0


def test_a_statement_says_what_was_owed_after_each_step(mira: User) -> None:
    pay_out(ask_payout(mira, 3000))
    confirm(declare(mira, amount=1000))
    lines = selectors.statement(mira)
    assert [(line.words, line.amount, line.balance) for line in lines] == [
        ("Given", 700, 4700),
        ("Sent to you", -3000, 4000),
        ("Given", 7000, 7000),
    ]
    rows = signed_in(mira).get("/me/payouts/statement.csv").content.decode("utf-8-sig").split()
    assert rows[0] == "at,what,amount,owed"
    assert [row.split(",")[1:] for row in rows[1:]] == [
        ["contribution.received", "70.00", "70.00"],
        ["payout.sent", "-30.00", "40.00"],
        ["contribution.received", "7.00", "47.00"],
    ]


def test_an_artist_asks_on_the_page_and_hears_of_it(mira: User) -> None:
    client, by = signed_in(mira), finance()
    assert "how you are paid" in client.get("/me/payouts/").text
    link = link_of(mira)
    form = client.get("/me/payouts/").context["form"]
    assert form["amount"].value() == "70.00"
    words = {"key": form["key"].value(), "link": str(link.pk), "amount": "70.01"}
    assert client.post("/me/payouts/", words).status_code == 422
    client.post("/me/payouts/", words | {"amount": "30"})
    row = ArtistPayout.objects.get()
    assert "Asked for" in client.get("/me/payouts/").text
    act = f"/admin/economics/artistpayout/{row.pk}/act/"
    today = str(timezone.localdate())
    staff = signed_in(by)
    staff.post(act, {"act": "send", "reference": "t 1", "sent_on": today})
    read_events()
    assert Notification.objects.filter(user=mira, kind="payout-sent").exists()
    page = client.get("/me/payouts/").text
    for shown in ("t 1", "€30.00", "€40.00"):
        assert shown in page
    assert (
        client.get(f"/me/payouts/?day={timezone.localdate() - timedelta(days=1)}")
        .context["balance"]
        .owed
        == 0
    )
    assert signed_in(mira).post(act, {"act": "fail", "note": "n"}).status_code in (302, 403)
    row.refresh_from_db()
    assert row.status == "sent"


def test_a_program_asks_and_takes_back(mira: User) -> None:
    client, place = signed_in(mira), "/api/v1/me/payouts/"
    link = client.post(
        "/api/v1/me/pay-links/", {"kind": "kofi", "where": "ko-fi.com/mira"}, "application/json"
    ).json()
    words = {"amount_cents": 3000, "pay_link": link["id"], "key": "k" * 22}
    made = client.post(place, words, "application/json")
    again = client.post(place, words, "application/json")
    assert (made.status_code, made.json()) == (201, again.json())
    told = client.get(place).json()
    assert {name: told[f"{name}_cents"] for name in ("owed", "free", "sent", "minimum")} == {
        **{"owed": 7000, "free": 4000, "sent": 0, "minimum": 1000}
    }
    assert [row["status"] for row in told["results"]] == ["prepared"]
    row = f"{place}{made.json()['id']}/"
    assert signed_in(UserFactory.create()).delete(row).status_code == 404
    assert client.delete(row).status_code == 204
    assert client.get(place).json()["free_cents"] == 7000
    assert client.delete(f"/api/v1/me/pay-links/{link['id']}/").status_code == 204
    missing = client.post(place, words | {"key": "x" * 22}, "application/json")
    assert missing.json()["type"] == "/problems/pay-link-missing"
