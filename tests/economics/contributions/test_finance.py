"""Finance confirms what has come in; nobody else does, and nobody their own."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from economics.contributions import presenters
from economics.ledger import selectors as ledger
from economics.models import Contribution, Receipt
from social.models import User
from tests.factories.economics import confirm, declare, finance
from tests.factories.moderation import member_of
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db


def at(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def act(person: User, given: Contribution, name: str = "confirm", **words: str) -> str:
    """Press a button of the page; return how it stands then."""
    body = {"reference": "bank 1", "fee": ""} | words | {"act": name}
    at(person).post(reverse("admin:economics_contribution_act", args=[given.pk]), body)
    given.refresh_from_db()
    return given.status


def test_finance_finds_it_by_its_reference_and_confirms_it_to_the_cent() -> None:
    given, boss = declare(message="For the cello."), finance()
    declare()
    place = reverse("admin:economics_contribution_changelist")
    found = at(boss).get(place, {"q": given.pk.hex[-10:].upper()}).content.decode()
    assert (str(given.pk) in found, found.count("field-reference_to_name")) == (True, 1)
    page = at(boss).get(reverse("admin:economics_contribution_change", args=[given.pk]))
    assert "\u20ac7.00" in page.content.decode()
    assert act(boss, given, fee="0.35") == "confirmed"
    assert (given.fee, given.reference, given.confirmed_by) == (35, "bank 1", boss)
    assert ledger.owed("artist_payable", given.artist_id) == 676
    assert act(boss, given, "refund") == "refunded"


@pytest.mark.parametrize(
    "words", [{"reference": " "}, {"fee": "x"}, {"fee": "99"}, {"name": "burn"}]
)
def test_what_is_wrong_writes_nothing(words: dict[str, str]) -> None:
    given = declare()
    assert act(finance(), given, **words) == "declared"
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("group", ["moderator", "rights desk", "editor"])
def test_nobody_else_of_the_staff_sees_or_confirms_it(group: str) -> None:
    given, other = declare(), member_of(group)
    assert act(other, given) == "declared"
    assert at(other).get(reverse("admin:economics_contribution_changelist")).status_code == 403
    page = reverse("admin:economics_contribution_change", args=[given.pk])
    assert at(other).get(page).status_code == 403


@pytest.mark.parametrize("role", ["giver", "artist"])
def test_nobody_confirms_what_they_gave_or_are_given(role: str) -> None:
    boss, other = finance(), finance()
    given = declare(**{role: boss})
    assert act(boss, given) == "declared"
    assert act(other, given) == "confirmed"


def test_what_went_directly_is_not_confirmed_here() -> None:
    given = declare(mode=Contribution.Mode.DIRECT, provider="direct")
    page = at(finance()).get(reverse("admin:economics_contribution_change", args=[given.pk]))
    assert "It has come in" not in page.content.decode()
    assert act(finance(), given) == "declared"


def test_what_went_to_the_site_alone_directly_is_seen_by_finance() -> None:
    words = {"mode": Contribution.Mode.DIRECT, "provider": "direct"}
    shares = {"artist_bp": 0, "charity_bp": 3000, "platform_bp": 7000}
    given = declare(**words, **shares)
    assert (act(finance(), given, fee="0.35"), act(finance(), given)) == ("declared", "confirmed")
    found = Contribution.objects.get(pk=given.pk)
    states = {part.kind: part.state for part in presenters.line(found).parts}
    assert (states["platform"], states["charity"]) == ("confirmed by them", "declared")
    assert not hasattr(found, "receipt"), "nothing is held here"
    assert {key.partition("_")[0] for key in ledger.balances()} == {"memo"}
    # What is for a charity alone nobody here sees.
    alone = declare(**words, artist_bp=0, charity_bp=10_000, platform_bp=0)
    assert act(finance(), alone) == "declared"


def command(*words: str) -> str:
    out = StringIO()
    call_command("contribution", *words, stdout=out)
    return out.getvalue()


def test_whoever_has_the_machine_confirms_by_command() -> None:
    given = declare(UserFactory.create(display_name="Ada"))
    said = command("confirm", str(given.pk), "--reference", "bank 7")
    assert "Ada \u20ac7.00" in said
    given.refresh_from_db()
    assert (given.status, given.reference, given.receipt.number) == ("confirmed", "bank 7", 1)
    assert "Given back" in command("refund", str(given.pk), "--reference", "x") or given.status
    with pytest.raises(CommandError, match="no such"):
        command("confirm", str(given.artist_id), "--reference", "x")
    with pytest.raises(CommandError, match="reference"):
        command("confirm", str(declare().pk), "--reference", " ")
    with pytest.raises(CommandError):
        command("cancel", str(confirm(declare()).pk))


def test_receipts_have_no_gap_though_one_is_rolled_back(settings: Any) -> None:
    numbers = [confirm(declare()).receipt.number]
    with pytest.raises(ZeroDivisionError):
        _confirm_and_fail(declare())
    numbers.append(confirm(declare()).receipt.number)
    assert numbers == [1, 2]


def _confirm_and_fail(given: Contribution) -> None:
    from django.db import transaction

    with transaction.atomic():
        confirm(given)
        raise ZeroDivisionError


def test_a_receipt_keeps_the_country_and_the_rate_as_they_were(settings: Any) -> None:
    settings.NEXUS_TAX_RATES = {"DE": 1900, "*": 0}
    found = confirm(declare(country="DE")).receipt
    settings.NEXUS_TAX_RATES = {"DE": 2100, "*": 0}
    found.refresh_from_db()
    assert (found.country, found.tax_rate_bp) == ("DE", 1900)
    page = Client().get(f"/support/given/{found.contribution.key}/receipt/").content.decode()
    assert "Germany" in page
    assert "19 percent" in page
    assert "no tax receipt" in page


def test_what_has_not_come_in_has_no_receipt() -> None:
    given = declare()
    assert Client().get(f"/support/given/{given.key}/receipt/").status_code == 404
    assert Client().get("/support/given/nobodys-key-is-this-one/receipt/").status_code == 404
