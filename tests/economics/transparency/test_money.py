"""Everybody reads the same cents that givers, artists and charities do, as of any day."""

import csv
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from economics.contributions import services as contributions
from economics.days import day_of
from economics.ledger.selectors import balances
from economics.ledger.services import leg, post
from economics.models import Contribution, LedgerAccount
from economics.proofs import check, services
from economics.transparency import presenters, rules, selectors
from tests.factories.economics import charity, confirm, declare
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db

Kind = LedgerAccount.Kind


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def busy(settings: Any) -> Contribution:
    """Everything that can happen, some of it two months ago."""
    settings.NEXUS_TAX_RATES = {"DE": 1900}
    confirm(declare(), fee=33, effective_at=timezone.now() - timedelta(days=62))
    given = confirm(declare(giver=UserFactory.create()), country="DE")
    contributions.refund(confirm(declare(), fee=10).pk, reference="back")
    contributions.dispute(confirm(declare(amount=500)).pk, reference="case")
    lost = confirm(declare(amount=700), fee=7)
    contributions.dispute(lost.pk, reference="case")
    contributions.end_dispute(lost.pk, won=False, reference="case")
    declare(mode=Contribution.Mode.DIRECT)
    contributions.cancel(declare(amount=300, mode=Contribution.Mode.DIRECT).pk)
    sent = [
        leg(Kind.CHARITY_PAYABLE, 150, charity().pk),
        leg(Kind.PROVIDER_CLEARING, -150, "manual"),
        leg(Kind.CHARITY_DISBURSED, 150, charity().pk),
        leg(Kind.OPERATOR_FUNDING, -150),
    ]
    post("disbursement.sent", "sent", sent)
    return given


def test_figures_are_those_of_the_ledger(busy: Contribution, client: Client) -> None:
    told = client.get("/transparency/money.json").json()
    sums = told["figures"]["sums"]
    assert sums == {
        "received": 1000 + 1000 + 1000 + 500 + 700,
        "fees": 33 + 10 + 7,
        "to_artists": 677 + 700 + 693 + 350 + 485,
        "to_charities": 193 + 200 + 198 + 100 + 139,
        "to_platform": 97 + 84 + 99 + 50 + 69,
        "tax": 16,
        "given_back": 1000,
        "disputed": 1200,
        "dispute_lost": 700,
        "sent_givers": 0,
        "refund_loss": 17,
        "sent_artists": 0,
        "sent_charities": 150,
        "funded": 150,
    }
    parts = ("fees", "to_artists", "to_charities", "to_platform", "tax")
    assert sums["received"] == sum(sums[name] for name in parts)
    (eff,) = told["figures"]["charities"]
    assert eff == {
        "slug": "eff",
        "name": "Electronic Frontier Foundation",
        "given": 830,
        "returned": 337,
        "passed_on": 0,
        "sent": 150,
        "owed": 343,
        "declared": 200,
    }
    assert told["figures"]["declared"]["sums"]["declared_artists"] == 700
    assert (told["currency"], told["decimals"], told["mode"]) == ("EUR", 2, "direct")


def test_what_is_there_is_what_somebody_has(busy: Contribution) -> None:
    found = selectors.figures()["balances"]
    there = sum(found[line.name] for line in rules.THERE)
    sent = 150  # in this test the other side of what was sent is the operator's
    assert there == sum(found[line.name] for line in rules.WHOSE) - sent
    owed = {key: -sum_ for key, sum_ in balances().items() if key.startswith("artist_payable")}
    assert found["owed_artists"] == sum(owed.values())


def test_they_are_of_any_day_and_month(busy: Contribution, client: Client) -> None:
    day = day_of(timezone.now() - timedelta(days=40))
    past = client.get(f"/transparency/money.json?day={day}").json()
    assert past["as_of"] == str(day)
    assert past["figures"]["sums"]["received"] == 1000
    assert past["figures"]["balances"]["owed_charities"] == 193
    now = client.get("/transparency/money.json").json()["figures"]
    assert len(now["months"]) == 2
    for name, amount in now["sums"].items():
        assert amount == sum(month[name] for month in now["months"].values())


def test_it_is_a_page_and_a_table_too(busy: Contribution, client: Client) -> None:
    page = client.get("/transparency/money/").text
    for words in ("€42.00", "Owed to artists", "Electronic Frontier Foundation", "Declared"):
        assert words in page
    rows = list(csv.DictReader(client.get("/transparency/money.csv").text.splitlines()))
    received = [int(row["minor_units"]) for row in rows if row["figure"] == "received"]
    assert (len(received), sum(received)) == (2, 4200)
    assert {row["currency"] for row in rows} == {"EUR"}


def test_what_has_come_is_told_at_once(client: Client) -> None:
    assert client.get("/transparency/money.json").json()["figures"]["sums"]["received"] == 0
    confirm(declare())
    assert client.get("/transparency/money.json").json()["figures"]["sums"]["received"] == 1000


def test_a_batch_is_published_as_soon_as_it_is_closed(busy: Contribution, client: Client) -> None:
    before = client.get("/transparency/money.json").json()["batches"]
    confirm(declare())
    client.get("/transparency/money.json")
    services.close()
    assert len(client.get("/transparency/money.json").json()["batches"]) == len(before) + 1


def test_figures_that_took_long_are_told_again_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "LONG_SECONDS", 0)
    monkeypatch.setattr(selectors, "PATIENCE", 10**6)
    selectors.kept_figures()
    confirm(declare())
    assert selectors.kept_figures()["sums"]["received"] == 0


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "0001-01-01", "9999-12-31", "٢"])
def test_a_day_that_is_none_is_said_so(client: Client, day: str) -> None:
    page = client.get("/transparency/money/", {"day": day})
    assert (page.status_code, "That is no day" in page.text) == (200, True)
    assert client.get("/transparency/money.json", {"day": day}).status_code == 404
    assert client.get("/transparency/money.csv", {"day": day}).status_code == 404


def test_an_empty_ledger_says_so(client: Client, settings: Any) -> None:
    page = client.get("/transparency/money/").text
    assert "Nothing has come in through this site" in page
    assert "Nothing so far" in page
    settings.NEXUS_MONEY = "pooled"
    assert "Declared" not in render_to_string(
        "economics/transparency/money.html", presenters.page(None, "")
    )


def test_the_queries_do_not_grow(
    busy: Contribution, client: Client, django_assert_max_num_queries: Any
) -> None:
    for path in ("/transparency/money/", "/transparency/money.json", "/transparency/money.csv"):
        cache.clear()
        with django_assert_max_num_queries(8):
            client.get(path)


def test_one_leads_there_from_moderation_and_from_every_foot(client: Client) -> None:
    assert 'href="/transparency/money/"' in client.get("/transparency/").text
    assert 'href="/transparency/money/"' in client.get("/terms/").text


def test_a_giver_checks_theirs_with_what_is_downloaded(
    busy: Contribution, client: Client, tmp_path: Path
) -> None:
    services.close()
    client.force_login(busy.giver)
    paths = {
        "check.py": "/transparency/money/check.py",
        "money.json": "/transparency/money.json",
        "proof.json": f"/me/contributions/{busy.pk}/proof.json",
    }
    for name, path in paths.items():
        (tmp_path / name).write_bytes(client.get(path).getvalue())
    done = subprocess.run(
        [sys.executable, "-I", "-S", "check.py", "proof.json", "money.json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        0,
        "Together they make the 10.00 EUR you gave.",
    )


def test_a_proof_is_its_givers_and_whose_key_it_is(busy: Contribution, client: Client) -> None:
    services.close()
    own, by_key = f"/me/contributions/{busy.pk}/proof.json", f"/contributions/{busy.key}/proof.json"
    api = f"/api/v1/me/contributions/{busy.pk}/proof/"
    assert client.get(own).status_code == 302
    assert client.get(api).status_code == 401
    answer = client.get(by_key)
    assert answer.headers["Cache-Control"] == "private, no-store"
    client.force_login(UserFactory.create())
    assert [client.get(path).status_code for path in (own, api)] == [404, 404]
    client.force_login(busy.giver)
    told = client.get(api).json()
    assert told == client.get(own).json() == answer.json()
    check.check(told, json.loads(json.dumps(client.get("/transparency/money.json").json())))
