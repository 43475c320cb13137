"""Whatever is sent to a door of money, it answers with a sentence, never with a fault."""

import json
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from django.test import Client
from django.urls import reverse

from economics.models import Contribution, Disbursement
from tests.economics.contributions.test_finance import at
from tests.factories.economics import confirm, declare, disburse, finance, link_of
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory

pytestmark = pytest.mark.django_db
NUMBERS = ["NaN", "sNaN", "1e999999", "-1", str(10**20), "\u00b2"]
WORDS = ["a\0b", "\ud800", "x" * 100_000]
KEYS = ["person:a\0b", "track:\ud800", "release:" + "9" * 5000, "9999-12-31"]
WRONG: list[Any] = [None, True, {"\0": []}, [[1]], -1, 1e300, "sNaN", "a\0b", "\ud800", "9" * 5000]
GIFT = {
    **{"preset": "10.00", "amount": "", "artist_percent": "70", "charity_percent": "20"},
    **{"platform_percent": "10", "charity": "eff", "how_often": "once", "message": ""},
    **{"is_public": "", "country": "", "provider": "", "once": ""},
}
BODIES = [b"", b"\xff", b"null", b"[]", b"1", b"[" * 50_000, b'{"a":NaN}', b"9" * 5000]


def calm(client: Client) -> Client:
    """Return it so that a fault is an answer of 500 and not an exception."""
    client.raise_request_exception = False
    return client


def post(client: Client, url: str, words: dict[str, str]) -> int:
    """Post a form, what no UTF-8 can hold as its bytes; return the status."""
    pairs = [
        f"{key}={quote_plus(one.encode('utf-8', 'surrogatepass'))}" for key, one in words.items()
    ]
    form = "application/x-www-form-urlencoded"
    return client.post(url, "&".join(pairs), content_type=form).status_code


def attack(client: Client, url: str, right: dict[str, str], odd: list[str]) -> None:
    """Send each field of a form with each odd value."""
    for name in right:
        for one in odd:
            assert post(client, url, right | {name: one}) < 500, (url, name, one[:20])


@pytest.fixture(autouse=True)
def _pooled(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.NEXUS_MONEY = "pooled"
    monkeypatch.setattr("config.lib.limits.spend", lambda *_words, **_more: None)


def test_no_odd_amount_of_a_gift_is_a_fault() -> None:
    url = f"{reverse('support')}?for=track:{PublicTrackFactory.create().pk}"
    client = calm(Client())
    assert post(client, url, GIFT) == 302
    for name in ("amount", "artist_percent"):
        for one in NUMBERS:
            assert post(client, url, GIFT | {name: one}) == 422, (name, one[:20])
    assert Contribution.objects.count() == 1


def test_no_odd_word_of_a_gift_is_a_fault() -> None:
    url = f"{reverse('support')}?for=track:{PublicTrackFactory.create().pk}"
    attack(calm(at(UserFactory.create())), url, GIFT, WORDS[:1])


@pytest.mark.parametrize(
    "places",
    [
        ["/support/?for=", "/support/?token=", "/transparency/money.json?day="],
        ["/charities/?day=", "/transparency/money/?day=", "/api/v1/charities/?day="],
        ["/me/giving/?before=", "/me/received/?before=", "/api/v1/me/contributions/?before="],
        ["/me/earnings/?day=", "/me/payouts/?day=", "/api/v1/me/payouts/?day="],
    ],
)
def test_no_odd_query_is_a_fault(places: list[str]) -> None:
    client = calm(at(UserFactory.create()))
    for url in places:
        for odd in KEYS:
            said = quote(odd.encode("utf-8", "surrogatepass"))
            assert client.get(url + said).status_code < 500, (url, odd[:20])


@pytest.mark.parametrize("name", ["ledgertransaction", "ledgeraccount", "contribution"])
def test_no_odd_query_of_finance_is_a_fault(name: str) -> None:
    client, place = calm(at(finance())), reverse(f"admin:economics_{name}_changelist")
    for field in ("account", "kind", "subject", "day", "before", "q", "status__exact"):
        for odd in KEYS[:2]:
            said = quote(odd.encode("utf-8", "surrogatepass"))
            assert client.get(f"{place}?{field}={said}").status_code < 500, (field, odd)


@pytest.mark.parametrize("door", ["contributions", "me/pay-links", "price", "me/payouts"])
def test_no_odd_member_of_a_program_is_a_fault(door: str) -> None:
    track = PublicTrackFactory.create()
    link, client = link_of(track.owner), calm(at(track.owner))
    method, url, right = {
        "contributions": (
            "POST",
            "/api/v1/contributions/",
            {
                **{"artist": UserFactory.create().handle, "amount_cents": 100, "message": "x"},
                **{"artist_percent": 70, "charity_percent": 20, "platform_percent": 10},
                **{"charity": "eff", "recurring": False, "public": False, "country": "DE"},
            },
        ),
        "me/pay-links": ("POST", "/api/v1/me/pay-links/", {"kind": "page", "where": "pay.example"}),
        "price": ("PUT", f"/api/v1/tracks/{track.pk}/price/", {"least_cents": 1}),
        "me/payouts": (
            "POST",
            "/api/v1/me/payouts/",
            {"amount_cents": 100, "pay_link": str(link.pk), "key": "k" * 22},
        ),
    }[door]
    for body in BODIES:
        sent = client.generic(method, url, body, content_type="application/json")
        assert 400 <= sent.status_code < 500, (url, body[:20])
    for name in right:
        for odd in WRONG:
            body = json.dumps(right | {name: odd}).encode()
            sent = client.generic(method, url, body, content_type="application/json")
            assert sent.status_code < 500, (url, name, repr(odd)[:40])


def test_no_odd_field_of_finance_is_a_fault() -> None:
    boss, given = calm(at(finance())), declare()
    confirm(declare(amount=100_000))
    run = disburse(100, sent=False)
    odd = [NUMBERS[0], *WORDS]
    act = reverse("admin:economics_contribution_act", args=[given.pk])
    attack(boss, act, {"reference": "bank 1", "fee": "0", "act": "confirm"}, odd)
    act = reverse("admin:economics_disbursement_act", args=[run.pk])
    attack(boss, act, {"reference": "t 1", "sent_on": "2026-11-30", "act": "send"}, odd)
    prepare = reverse("admin:economics_charity_run", args=[run.charity_id])
    attack(boss, prepare, {"key": "k" * 22, "amount": "1"}, odd)
    assert Disbursement.objects.count() <= 2


def test_no_odd_field_of_an_artist_is_a_fault() -> None:
    track = PublicTrackFactory.create()
    link, client = link_of(track.owner), calm(at(track.owner))
    direct = declare(track.owner, mode="direct", provider="direct")
    odd = [NUMBERS[0], *WORDS[:2]]
    attack(client, reverse("received-confirm", args=[direct.pk]), {"reference": "x"}, odd)
    attack(client, "/me/payouts/", {"amount": "1", "link": str(link.pk), "key": "k" * 22}, odd)
    attack(client, f"/tracks/{track.slug}/price/", {"least": "1", "suggested": "1"}, odd)
    attack(client, "/me/pay-links/", {"kind": "page", "where": "pay.example"}, odd)
