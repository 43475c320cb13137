"""What is sent on to charities: each step once, to the cent, with the files that prove it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from config.lib.problems import Problem
from economics import outgoing
from economics.charities import presenters, rules, services
from economics.contributions import services as contributions
from economics.ledger import selectors as ledger
from economics.models import Disbursement, DisbursementReceipt, LedgerTransaction
from media_pipeline.audit.registry import named
from media_pipeline.models import Event
from media_pipeline.storage import get_storage
from tests.factories.economics import charity, confirm, declare, disburse, finance
from tests.factories.moderation import member_of
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"


def figures() -> tuple[int, int, int, int]:
    """Return what was received, sent on and is owed, and what is with the provider."""
    of = presenters.one_of(charity()).totals
    return of.received, of.disbursed, of.owed, ledger.balance("provider_clearing", "manual")


def test_what_is_sent_is_owed_no_more_and_stays_to_be_read() -> None:
    confirm(declare())
    row = disburse(150, sent=False)
    assert figures() == (200, 0, 200, 1000)
    services.send(row.pk, reference="t 1", sent_on=timezone.localdate(), by=finance())
    assert figures() == (200, 150, 50, 850)
    assert sum(ledger.balances().values()) == 0
    disburse(50)
    assert figures() == (200, 200, 0, 800)


def test_each_step_is_written_once() -> None:
    confirm(declare())
    by, row = finance(), disburse(200)
    services.send(row.pk, reference="t 1", sent_on=timezone.localdate(), by=by)
    for _ in range(2):
        services.fail(row.pk, note="The account is closed.", by=by)
    assert figures() == (200, 0, 200, 1000)
    assert LedgerTransaction.objects.filter(subject=row.pk).count() == 3
    kinds = Event.objects.order_by("id").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["charity.disbursed", "charity.disbursement_failed"]


def test_a_form_sent_twice_makes_one_run_and_with_other_words_none() -> None:
    confirm(declare())
    words = {"charity": charity(), "key": "k" * 22, "by": finance()}
    assert services.prepare(amount=100, **words) == services.prepare(amount=100, **words)
    with pytest.raises(Problem) as refusal:
        services.prepare(amount=99, **words)
    assert refusal.value.type == "key-used"
    assert Disbursement.objects.count() == 1


@pytest.mark.parametrize("amount", [201, 0, -5])
def test_no_more_than_is_owed_is_prepared(amount: int) -> None:
    confirm(declare())
    with pytest.raises(Problem):
        disburse(amount, sent=False)


def test_what_is_prepared_is_free_no_more_until_it_is_taken_back() -> None:
    confirm(declare())
    row = disburse(150, sent=False)
    with pytest.raises(Problem):
        disburse(51, sent=False)
    services.withdraw(row.pk, by=finance())
    assert outgoing.free(Disbursement, charity().pk) == 200
    assert figures() == (200, 0, 200, 1000)
    with pytest.raises(Problem):
        services.send(row.pk, reference="t", sent_on=timezone.localdate(), by=finance())


def test_what_is_given_back_after_it_was_sent_comes_from_the_next_run() -> None:
    given = confirm(declare())
    disburse(200)
    contributions.refund(given.pk, reference="back")
    assert figures() == (0, 200, -200, -200)
    with pytest.raises(Problem):
        disburse(1, sent=False)
    assert "The next run is smaller" in Client().get("/charities/eff/").text
    confirm(declare(amount=2000))
    assert outgoing.free(Disbursement, charity().pk) == 200
    disburse(200)
    assert figures() == (400, 400, 0, 1600)


def test_a_run_counts_from_the_day_on_which_it_left() -> None:
    long_ago = timezone.now() - timedelta(days=9)
    confirm(declare(), effective_at=long_ago)
    row, day = disburse(200, sent=False), timezone.localdate() - timedelta(days=3)
    services.send(row.pk, reference="t", sent_on=day, by=finance())
    before = Client().get(f"/api/v1/charities/eff/?day={day - timedelta(days=1)}").json()
    then = Client().get(f"/api/v1/charities/eff/?day={day}").json()
    assert [one["disbursed_cents"] for one in (before, then)] == [0, 200]


def test_nothing_was_sent_on_a_day_to_come() -> None:
    confirm(declare())
    row, tomorrow = disburse(1, sent=False), timezone.localdate() + timedelta(days=1)
    with pytest.raises(Problem, match="still to come"):
        services.send(row.pk, reference="t", sent_on=tomorrow, by=finance())


def test_nobody_but_finance_sends() -> None:
    confirm(declare())
    row, today = disburse(100, sent=False), timezone.localdate()
    for nobody in (UserFactory.create(), member_of("moderator"), member_of("editor")):
        for act in (
            lambda by=nobody: services.send(row.pk, reference="t", sent_on=today, by=by),
            lambda by=nobody: services.fail(row.pk, note="n", by=by),
            lambda by=nobody: services.withdraw(row.pk, by=by),
            lambda by=nobody: services.attach(row.pk, data=PDF, name="a.pdf", by=by),
            lambda by=nobody: disburse(1, by=by),
        ):
            with pytest.raises(Problem, match="Only finance"):
                act()


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (PDF, "pdf"),
        (b"\x89PNG\r\n\x1a\nrest", "png"),
        (b"\xff\xd8\xff\xe0rest", "jpg"),
        (b"RIFF\0\0\0\0WEBPrest", "webp"),
        ("Überwiesen.\n".encode(), "txt"),
        (b"<script>alert(1)</script>", "txt"),
        (b"", ""),
        (b" \n", ""),
        (b"MZ\x90\x00", ""),
        (b"text with \x00", ""),
        (b"GIF89a\x00", ""),
    ],
)
def test_a_receipt_is_told_by_its_bytes(data: bytes, ending: str) -> None:
    found = rules.type_of(data)
    assert (found.ending if found else "") == ending


def test_everybody_fetches_a_receipt_of_what_was_sent_and_no_browser_opens_it() -> None:
    confirm(declare())
    row, by = disburse(200, sent=False), finance()
    file = services.attach(row.pk, data=b"<script>alert(1)</script>", name="a.html", by=by)
    where = f"/charities/eff/receipts/{file.pk}/"
    assert Client().get(where).status_code == 404, "it was not sent yet"
    services.send(row.pk, reference="t 1", sent_on=timezone.localdate(), by=by)
    answer = Client().get(where)
    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert where in Client().get("/charities/eff/").text
    (run,) = Client().get("/api/v1/charities/eff/").json()["runs"]
    assert run["receipts"][0]["sha256"] == file.sha256
    assert Client().get(f"/charities/wikimedia/receipts/{file.pk}/").status_code == 404
    get_storage().delete(file.key)
    assert Client().get(where).status_code == 404


def test_the_same_bytes_are_one_file_and_the_sweep_knows_it() -> None:
    confirm(declare())
    row, by = disburse(200), finance()
    first = services.attach(row.pk, data=PDF, name="a.pdf", by=by)
    assert services.attach(row.pk, data=PDF, name="b.pdf", by=by) == first
    assert named([first.key, "money/other.pdf"]) == {first.key}
    with pytest.raises(Problem, match="900 kB"):
        services.attach(row.pk, data=PDF + b"x" * rules.MOST_BYTES, name="a.pdf", by=by)
    with pytest.raises(Problem, match="is a PDF"):
        services.attach(row.pk, data=b"MZ\x90\x00", name="a.pdf", by=by)
    assert DisbursementReceipt.objects.count() == 1
