"""The books as text: another program re-adds them, and comes to the same sums."""

import re
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from beancount import loader
from beancount.core import data, realization
from django.core.management import CommandError, call_command
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from economics.books import formats
from economics.contributions import services as contributions
from economics.days import day_of, end_of
from economics.ledger.selectors import balances
from economics.ledger.services import leg, post
from economics.models import Contribution, LedgerAccount
from economics.money import digits
from tests.factories.economics import confirm, declare

pytestmark = pytest.mark.django_db

Kind = LedgerAccount.Kind


def exported(*words: str) -> str:
    """Return what the command writes."""
    out = StringIO()
    call_command("ledger", "export", *words, stdout=out)
    return out.getvalue()


def read(text: str) -> list[Any]:
    """Return what beancount reads there; it finds nothing wrong with it."""
    entries, errors, _options = loader.load_string(text)
    assert errors == []
    return list(entries)


def added(text: str, code: str = "EUR") -> dict[str, int]:
    """Return each account's balance by its key of the ledger, added by beancount."""
    entries = read(text)
    keys = {one.account: one.meta["ledger"] for one in entries if isinstance(one, data.Open)}
    found = {}
    for account in realization.iter_children(realization.realize(entries)):
        if account.account in keys and not account.balance.is_empty():
            number = account.balance.get_currency_units(code).number
            found[keys[account.account]] = int(number.scaleb(digits(code)))
    return found


def held(day: Any = None) -> dict[str, int]:
    """Return the ledger's own balances that are not zero."""
    return {key: sum_ for key, sum_ in balances(end_of(day) if day else None).items() if sum_}


@pytest.fixture
def busy() -> None:
    """Everything that can happen to a contribution, over some days."""
    long_ago = timezone.now() - timedelta(days=40)
    confirm(declare(), fee=33, effective_at=long_ago)
    contributions.refund(confirm(declare(amount=999), fee=1).pk, reference='back "1"\n; \\ ü')
    contributions.dispute(confirm(declare(amount=777)).pk, reference="case")
    lost = confirm(declare(amount=555), fee=5)
    contributions.dispute(lost.pk, reference="case")
    contributions.end_dispute(lost.pk, won=False, reference="case")
    declare(mode=Contribution.Mode.DIRECT)
    pending = [leg(Kind.PROVIDER_CLEARING, 5, "Bank_1"), leg(Kind.OPERATOR_FUNDING, -5)]
    held_back = post("funding", "pending", pending, status="pending")
    post("funding.void", "void", [], status="void", resolves=held_back)
    post("funding", "posted", pending)


def test_beancount_comes_to_the_same_balances(busy: None) -> None:
    text = exported()
    assert added(text) == held()
    assert len(held()) > 8
    assert sum(isinstance(one, data.Balance) for one in read(text)) == len(balances())


def test_it_is_told_until_a_day(busy: None) -> None:
    day = day_of(timezone.now() - timedelta(days=20))
    assert added(exported("--until", str(day))) == held(day) != held()


def test_every_transaction_stands_there_with_its_ids(busy: None) -> None:
    given = Contribution.objects.earliest("id")
    entries = [one for one in read(exported()) if isinstance(one, data.Transaction)]
    (came,) = (one for one in entries if one.meta["key"] == f"contribution:{given.pk}:received")
    assert (came.narration, came.meta["subject"]) == ("contribution.received", str(given.pk))
    assert came.date == day_of(given.confirmed_at)
    assert {one.units.number for one in came.postings} >= {Decimal("10.00"), Decimal("-6.77")}
    assert any('"' in one.meta.get("reference", "") for one in entries)


def test_what_is_pending_is_a_remark(busy: None) -> None:
    remarks = [one for one in read(exported()) if isinstance(one, data.Custom)]
    assert [one.values[0].value for one in remarks] == ["pending", "void"]


def test_memos_stand_apart(busy: None) -> None:
    text = exported()
    memos = re.findall(r"open (\S+) EUR\n  ledger: \"memo_", text)
    assert memos
    assert all(name.startswith("Equity:Memo") for name in memos)


def test_a_cent_that_is_wrong_is_found_by_beancount(busy: None) -> None:
    text = exported()
    _entries, errors, _options = loader.load_string(text.replace("-6.77 EUR", "-6.78 EUR", 1))
    assert errors
    ends = re.sub(r"(balance \S+  )(\S+) ~", lambda f: f"{f[1]}{Decimal(f[2]) + 1} ~", text)
    assert len(loader.load_string(ends)[1]) == len(balances())


def test_an_empty_ledger_is_an_empty_book() -> None:
    assert read(exported()) == []


def test_a_currency_without_decimals_is_told_in_whole_numbers(settings: Any) -> None:
    settings.NEXUS_CURRENCY = "JPY"
    confirm(declare(amount=1001, currency="JPY"))
    text = exported()
    assert "1001 JPY" in text
    assert added(text, "JPY") == held()


def test_no_two_accounts_get_one_name() -> None:
    keys = ["manual", "Manual", "MANUAL", "man_ual", "man-ual", "-x4d-anual", "", "ü", "1900"]
    names = {formats.account(f"provider_clearing:{party}") for party in keys}
    assert len(names) == len(keys)


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="Write a day"):
        exported("--until", "yesterday")


def test_the_queries_do_not_grow_with_the_ledger(
    busy: None, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8) as asked:
        exported()
    assert isinstance(asked, CaptureQueriesContext)
