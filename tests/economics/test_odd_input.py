"""Whatever is sent to a door of money, it answers with a sentence: never with a fault of its own."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from economics.models import Contribution, LedgerTransaction
from tests.economics.contributions.test_finance import at
from tests.factories.economics import confirm, declare, disburse, finance, link_of
from tests.factories.social import UserFactory
from tests.factories.tracks import TrackFactory

pytestmark = pytest.mark.django_db
ODD: list[str] = [
    *("", " ", "0", "-1", "-0", "1e400", "1e-400", "-1e400", "1e999999", "\u0967\u0966", "\u00b2"),
    *("1,5", "1,000", "1.000,00", "0x10", "1_0", "NaN", "sNaN", "-NaN", "Infinity", "-inf"),
    *(str(10**20), "9" * 5000, "0.005", "33.333", "100.01", "True", "None", "[]", "{}", "\0", "a\0b"),
    *("\ud800", "x" * 100_000, "\u202e1", "1\n2", "%00", "2026-02-30", "0001-01-01", "9999-12-31"),
    *("person:\0", "track:\0", "release:\0", "person:@", ":::", "track:" + "9" * 5000, "../..", "'\"><"),
]
WRONG: list[Any] = [
    *(None, True, False, [], {}, [1], {"a": 1}, 0, -1, 1.5, 10**20, 1e300, *ODD),
    *("\ud800", ["\0"], [[[]]], {"\0": "\0"}),
]


def posted(client: Client, url: str, words: dict[str, str]) -> int:
    """Post a form; return the status. What no UTF-8 can hold is sent as its bytes."""
    from urllib.parse import quote_plus

    body = "&".join(
        f"{name}={quote_plus(value.encode('utf-8', 'surrogatepass'))}"
        for name, value in words.items()
    )
    return client.post(url, body, content_type="application/x-www-form-urlencoded").status_code


def calm(client: Client) -> Client:
    """Return it so that a fault is an answer of 500 and not an exception."""
    client.raise_request_exception = False
    return client


@pytest.fixture(params=["pooled", "direct"])
def mode(request: Any, settings: Any) -> str:
    """Either way in which money goes."""
    settings.NEXUS_MONEY = request.param
    return str(request.param)


def test_no_odd_field_of_a_gift_is_a_fault(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.lib.limits.spend", lambda *_words, **_more: None)
    giver, track = UserFactory.create(), TrackFactory.create(visibility="public")
    link_of(track.owner)
    right = {
        **{"preset": "10.00", "amount": "", "artist_percent": "70", "charity_percent": "20"},
        **{"platform_percent": "10", "charity": "eff", "how_often": "once", "message": ""},
        **{"is_public": "", "country": "", "provider": "", "once": ""},
    }
    url = f"{reverse('support')}?for=track:{track.pk}"
    for client in (calm(Client()), calm(at(giver))):
        assert posted(client, url, right) == 302
        for name in right:
            for odd in ODD:
                assert posted(client, url, right | {name: odd}) < 500, (name, odd[:30])
    assert not Contribution.objects.exclude(amount__gt=0).exists()


def test_no_odd_query_is_a_fault(mode: str) -> None:
    person, boss = UserFactory.create(), finance()
    places = [
        *("/support/?for=", "/support/?token=", "/transparency/money/?day="),
        *("/transparency/money.json?day=", "/transparency/money.csv?day=", "/charities/?day="),
        *("/charities/eff/?day=", "/me/giving/?before=", "/me/received/?before="),
        *("/me/earnings/?day=", "/me/payouts/?day=", "/api/v1/charities/?day="),
        *("/api/v1/me/contributions/?before=", "/api/v1/me/payouts/?day="),
    ]
    admin = [
        reverse(f"admin:economics_{name}_changelist") + f"?{field}="
        for name in ("ledgertransaction", "ledgeraccount", "contribution", "disbursement")
        for field in ("account", "kind", "subject", "day", "before", "q", "status", "o", "p", "e")
    ]
    from urllib.parse import quote

    for client, urls in ((calm(at(person)), places), (calm(at(boss)), admin)):
        for url in urls:
            assert client.get(url.partition("?")[0]).status_code == 200, url
            for odd in ODD:
                said = quote(odd[:2000].encode("utf-8", "surrogatepass"))
                assert client.get(url + said).status_code < 500, (url, odd[:30])


def test_no_odd_member_of_a_program_is_a_fault(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.lib.limits.spend", lambda *_words, **_more: None)
    artist, track = UserFactory.create(), TrackFactory.create()
    link_of(artist)
    link = link_of(track.owner)
    client = calm(at(track.owner))
    gift = {
        **{"artist": artist.handle, "amount_cents": 100, "artist_percent": 70, "message": ""},
        **{"charity_percent": 20, "platform_percent": 10, "charity": "eff", "recurring": False},
        **{"public": False, "country": "", "provider": "", "track": "", "release": ""},
    }
    rights: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", "/api/v1/contributions/", gift),
        ("POST", "/api/v1/me/pay-links/", {"kind": "page", "where": "a.b", "label": ""}),
        ("PUT", f"/api/v1/tracks/{track.pk}/price/", {"least_cents": 1, "suggested_cents": 1}),
        (
            "POST",
            "/api/v1/me/payouts/",
            {"amount_cents": 100, "pay_link": str(link.pk), "key": "k" * 22},
        ),
    ]
    for method, url, right in rights:
        for body in (b"", b"\xff", b"null", b"[]", b"1", b"[" * 50_000, b'{"a":NaN}', b"9" * 5000):
            sent = client.generic(method, url, body, content_type="application/json")
            assert 400 <= sent.status_code < 500, (url, body[:20])
        for name in right:
            one = {key: value for key, value in right.items() if value != "" or key == name}
            for odd in WRONG:
                body = json.dumps(one | {name: odd}).encode()
                sent = client.generic(method, url, body, content_type="application/json")
                assert sent.status_code < 500, (url, name, repr(odd)[:40])


def test_no_odd_field_of_finance_is_a_fault() -> None:
    boss, given = calm(at(finance())), declare()
    confirm(declare(amount=100_000))
    run = disburse(100, sent=False)
    rights = [
        (
            reverse("admin:economics_contribution_act", args=[given.pk]),
            {"act": "confirm", "reference": "bank 1", "fee": "0"},
        ),
        (
            reverse("admin:economics_disbursement_act", args=[run.pk]),
            {"act": "send", "reference": "t 1", "sent_on": "2026-11-30", "note": ""},
        ),
        (
            reverse("admin:economics_charity_run", args=[run.charity_id]),
            {"key": "k" * 22, "amount": "1"},
        ),
    ]
    for url, right in rights:
        for name in right:
            for odd in ODD:
                assert posted(boss, url, right | {name: odd}) < 500, (url, name, odd[:30])


def test_no_odd_field_of_an_artist_is_a_fault() -> None:
    track = TrackFactory.create()
    link, client = link_of(track.owner), calm(at(track.owner))
    direct = declare(track.owner, mode="direct", provider="direct")
    rights = [
        ("/me/pay-links/", {"kind": "page", "where": "pay.example", "label": ""}),
        ("/me/payouts/", {"key": "k" * 22, "amount": "1", "link": str(link.pk)}),
        (f"/tracks/{track.slug}/price/", {"least": "1", "suggested": "1"}),
        (reverse("received-confirm", args=[direct.pk]), {"reference": "x"}),
        (f"/support/given/{direct.key}/cancel/", {"a": "b"}),
        (f"/me/giving/{uuid4()}/pause/", {"a": "b"}),
    ]
    for url, right in rights:
        for name in right:
            for odd in ODD:
                assert posted(client, url, right | {name: odd}) < 500, (url, name, odd[:30])
    assert LedgerTransaction.objects.filter(subject=direct.pk).exists()
