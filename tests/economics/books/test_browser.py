"""Whoever keeps the books reads them in the admin, and writes nothing there."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from economics.books import presenters
from economics.contributions import services as contributions
from economics.days import day_of
from economics.models import LedgerAccount, LedgerTransaction
from tests.factories.economics import charity, confirm, declare
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db

TRANSACTIONS, ACCOUNTS = "/admin/economics/ledgertransaction/", "/admin/economics/ledgeraccount/"


@pytest.fixture
def keeper(client: Client) -> Client:
    """A browser of somebody who may look at the books, and at nothing else."""
    person = UserFactory.create(is_staff=True)
    names = ("view_ledgertransaction", "view_ledgeraccount")
    person.user_permissions.add(*Permission.objects.filter(codename__in=names))
    client.force_login(person)
    return client


def kinds(page: str) -> list[str]:
    """Return the kinds of the transactions that stand there, from above."""
    rows = page.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in page else ""
    return [row.split(">")[1].split("<")[0] for row in rows.split('class="desk__kind"><a')[1:]]


def test_they_are_read_by_account_kind_subject_and_day(keeper: Client) -> None:
    long_ago = timezone.now() - timedelta(days=9)
    given = confirm(declare(), fee=33, reference="bank 7", effective_at=long_ago)
    contributions.refund(confirm(declare(charity=charity("wikimedia"))).pk, reference="back")

    def found(**asked: Any) -> list[str]:
        return kinds(keeper.get(TRANSACTIONS, asked).text)

    assert len(found()) == 4
    assert found(kind="contribution.refunded") == ["contribution.refunded"]
    assert len(found(subject=given.pk)) == len(found(subject="bank 7")) == 2
    assert found(account="provider_fees") == ["contribution.fee", "contribution.received"]
    assert found(account=f"charity_payable:{charity().pk}") == ["contribution.received"]
    assert len(found(account=given.artist_id)) == 1
    assert len(found(day=day_of(long_ago))) == 2
    assert found(day="x") == found(account="x") == found(subject="x") == []
    page = keeper.get(TRANSACTIONS).text
    assert given.artist.handle in page
    assert "-€6.77" in page


def test_balances_are_as_of_a_day(keeper: Client) -> None:
    long_ago = timezone.now() - timedelta(days=9)
    confirm(declare(), effective_at=long_ago)
    confirm(declare())
    asked = {"account": "charity_payable"}
    assert "-€4.00" in keeper.get(ACCOUNTS, asked).text
    past = keeper.get(ACCOUNTS, asked | {"day": day_of(long_ago)}).text
    assert "-€2.00" in past
    assert "Electronic Frontier Foundation" in past
    assert "That is no day" in keeper.get(ACCOUNTS, {"day": "x"}).text


def test_pages_follow_each_other_by_key(keeper: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presenters, "SIZE", 2)
    moment = timezone.now()
    for _ in range(5):
        confirm(declare(), effective_at=moment)
    for where, rows in ((TRANSACTIONS, LedgerTransaction), (ACCOUNTS, LedgerAccount)):
        seen, path = [], where
        while path:
            page = keeper.get(path)
            seen += [str(getattr(one, "account", one).pk) for one in page.context["rows"]]
            path = page.context["next_url"] and where + page.context["next_url"]
        assert sorted(seen) == sorted(str(row.pk) for row in rows.objects.all())
        assert keeper.get(where, {"before": "x"}).status_code in {200, 404}


def test_nothing_is_written_there(keeper: Client) -> None:
    confirm(declare())
    row = LedgerTransaction.objects.get()
    assert keeper.get(f"{TRANSACTIONS}{row.pk}/change/").status_code == 200
    for path in (f"{TRANSACTIONS}{row.pk}/change/", f"{TRANSACTIONS}add/", f"{ACCOUNTS}add/"):
        assert keeper.post(path, {"kind": "x"}).status_code == 403
    assert keeper.post(f"{TRANSACTIONS}{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_they_are_not_for_other_staff(client: Client) -> None:
    client.force_login(UserFactory.create(is_staff=True))
    for path in (TRANSACTIONS, ACCOUNTS):
        assert client.get(path).status_code == 403


def test_the_queries_do_not_grow(keeper: Client, django_assert_max_num_queries: Any) -> None:
    for _ in range(5):
        confirm(declare())
    for asked in (presenters.transactions, presenters.balances):
        with django_assert_max_num_queries(4):
            asked(presenters.Asked())
