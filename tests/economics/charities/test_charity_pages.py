"""Charities in the admin, on pages for all, and for programs."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from economics.models import Charity, Contribution, Disbursement
from media_pipeline.models import SealedEntry
from social.models import User
from tests.factories.economics import charity, confirm, declare, disburse, finance
from tests.factories.moderation import member_of
from tests.factories.social import AGAIN, stale

pytestmark = pytest.mark.django_db
LIST, RUNS = "/admin/economics/charity/", "/admin/economics/disbursement/"


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_what_was_declared_is_told_apart_and_never_as_sent() -> None:
    confirm(declare())
    declare(amount=500, mode=Contribution.Mode.DIRECT)
    disburse(150)
    told = Client().get("/api/v1/charities/eff/").json()
    cents = {name: told[f"{name}_cents"] for name in ("received", "disbursed", "owed", "declared")}
    assert cents == {"received": 200, "disbursed": 150, "owed": 50, "declared": 100}
    page = Client().get("/charities/eff/").text
    for words in ("€2.00", "€1.50", "€0.50", "Declared, not seen by us", "€1.00"):
        assert words in page
    listed = Client().get("/api/v1/charities/").json()["results"]
    assert {one["slug"] for one in listed} == {
        *("eff", "creative-commons", "internet-archive", "wikimedia")
    }
    assert listed[1]["received_cents"] == 200, "by name, as people read it"


def test_pages_ask_the_same_however_many_runs_there_are() -> None:
    confirm(declare(amount=10_000))
    counts = []
    for _ in range(2):
        disburse(10)
        for page in ("/charities/", "/charities/eff/", "/api/v1/charities/"):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert Client().get(page).status_code == 200
            counts.append(len(asked))
    assert counts[:3] == counts[3:]
    assert max(counts) <= 8


@pytest.mark.parametrize("day", ["", "x", "2026-13-40", "0001-01-01", "9999-12-31", "%00"])
def test_any_day_is_answered(day: str) -> None:
    for page in ("/charities/", "/charities/eff/", "/api/v1/charities/", "/api/v1/charities/eff/"):
        assert Client().get(f"{page}?day={day}").status_code == 200


def test_what_is_named_is_never_deleted_and_no_more_offered_instead() -> None:
    client, named = signed_in(finance()), charity()
    declare()
    with pytest.raises(ProtectedError):
        named.delete()
    assert client.get(f"{LIST}{named.pk}/delete/").status_code == 403
    words = {"name": "EFF", "about": "", "website": "https://www.eff.org/", "pay_link": ""}
    client.post(f"{LIST}{named.pk}/change/", words)
    named.refresh_from_db()
    assert (named.name, named.slug, named.is_active) == ("EFF", "eff", False)
    assert not Charity.objects.offered().filter(slug="eff").exists()
    assert "can be chosen no more" in Client().get("/charities/eff/").text
    assert SealedEntry.objects.filter(
        kind="admin.changed", subject=f"economics.charity:{named.pk}"
    ).exists()


def test_a_charity_leads_to_pages_of_the_web_only() -> None:
    client = signed_in(finance())
    words = {"name": "Bad", "slug": "bad", "about": "", "website": "ftp://a.example/"}
    for address in ("http://a.example/", "ftp://a.example/", "javascript:alert(1)"):
        client.post(f"{LIST}add/", words | {"pay_link": address, "website": ""})
    assert not Charity.objects.filter(slug="bad").exists()
    client.post(f"{LIST}add/", words | {"website": "https://a.example/", "pay_link": ""})
    assert Charity.objects.filter(slug="bad").exists()


def test_finance_makes_a_run_from_the_first_form_to_the_receipt() -> None:
    confirm(declare())
    client, named = signed_in(finance()), charity()
    form = client.get(f"{LIST}{named.pk}/run/")
    key = form.context["form"]["key"].value()
    assert "€2.00" in form.text
    assert (
        "more than is owed"
        in client.post(f"{LIST}{named.pk}/run/", {"key": key, "amount": "2.01"}).text
    )
    client.post(f"{LIST}{named.pk}/run/", {"key": key, "amount": "2,00"})
    client.post(f"{LIST}{named.pk}/run/", {"key": key, "amount": "2.00"})
    row = Disbursement.objects.get()
    act = f"{RUNS}{row.pk}/act/"
    client.post(act, {"act": "send", "reference": "", "sent_on": "2026-11-30"})
    row.refresh_from_db()
    assert row.status == "prepared"
    sent = {"act": "send", "reference": "t 1", "sent_on": str(timezone.localdate())}
    other = signed_in(finance())
    client.post(act, sent)
    row.refresh_from_db()
    assert row.status == "prepared", "somebody else looks at what one has prepared"
    other.post(act, sent)
    client.post(act, {"act": "attach", "file": SimpleUploadedFile("r.txt", b"Sent.")})
    row.refresh_from_db()
    assert (row.status, row.reference, row.receipts.get().name) == ("sent", "t 1", "r.txt")
    assert client.get(f"{RUNS}{row.pk}/change/").status_code == 200
    client.post(act, {"act": "fail", "note": "It came back."})
    row.refresh_from_db()
    assert row.status == "failed"
    assert "It came back." in Client().get("/charities/eff/").text
    sealed = SealedEntry.objects.filter(subject=f"economics.disbursement:{row.pk}")
    steps = ("prepared", "sent", "receipt", "failed")
    assert [*sealed.order_by("id").values_list("kind", flat=True)] == [
        f"disbursement.{step}" for step in steps
    ]


def test_sending_waits_for_a_fresh_code_whatever_comes_with_it() -> None:
    confirm(declare())
    by = finance()
    row, client = disburse(200, sent=False, by=by), stale(by)
    words = {"act": "send", "reference": "t 1", "sent_on": str(timezone.localdate())}
    for more in ({}, {"file": SimpleUploadedFile("r.txt", b"Sent.")}):
        asked = client.post(f"{RUNS}{row.pk}/act/", words | more)
        assert asked.headers["Location"].startswith(AGAIN)
    row.refresh_from_db()
    assert row.status == "prepared"


@pytest.mark.parametrize("group", ["moderator", "rights desk", "editor"])
def test_nobody_else_of_the_staff_sees_or_does_it(group: str) -> None:
    confirm(declare())
    row, client = disburse(200, sent=False), signed_in(member_of(group))
    pages = (f"{RUNS}{row.pk}/change/", f"{LIST}{charity().pk}/run/", RUNS, LIST)
    assert {client.get(page).status_code for page in pages} == {403}
    assert client.post(f"{RUNS}{row.pk}/act/", {"act": "withdraw"}).status_code == 403
