"""A provider is asked to begin and to give back, by jobs; finance sees what was asked and told."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from config.lib import health
from economics.models import Contribution, ProviderCall, ProviderEvent
from economics.providers.driver import Driver
from economics.providers.registry import Unreachable
from economics.providers.services import GIVE_BACK, START
from media_pipeline.models import Job
from tests.economics.hooks.conftest import body_of
from tests.factories.economics import confirm, declare, finance
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def work(kind: str) -> str:
    """Let a worker do the job of this kind; return how it stands."""
    do_jobs()
    return str(Job.objects.get(kind=kind).state)


def page_of(given: Contribution) -> str:
    return Client().get(f"/support/given/{given.key}/").content.decode()


def test_what_is_declared_is_begun_at_its_provider_and_its_page_says_how_to_pay(
    driver: Driver,
) -> None:
    by_hand, given = declare(), declare(provider="test")
    assert Job.objects.get(kind=START).payload == {"id": str(given.pk)}
    assert "look at this page again" in page_of(given)
    assert work(START) == "succeeded"
    assert "Nobody has to pay here" in page_of(given)
    assert not ProviderCall.objects.filter(contribution=by_hand).exists()


def test_finance_lets_a_provider_give_back(driver: Driver, client: Client) -> None:
    given, boss = confirm(declare(provider="test")), finance()
    client.force_login(boss)
    page = f"/admin/economics/contribution/{given.pk}"
    shown = client.get(f"{page}/change/").content.decode()
    assert "Let test give it back" in shown
    assert "It was given back" not in shown
    client.post(f"{page}/act/", {"act": "refund", "reference": "by hand"})
    assert Contribution.objects.get(pk=given.pk).status == "confirmed"
    client.post(f"{page}/act/", {"act": "give-back"})
    assert work(GIVE_BACK) == "succeeded"
    found = Contribution.objects.get(pk=given.pk)
    assert found.status == "refunded"
    assert [one["what"] for one in driver.asked()] == ["refund"]
    assert "Asked of test" in client.get(f"{page}/change/").content.decode()


def test_the_command_asks_the_provider_too(driver: Driver, capsys: Any) -> None:
    given = confirm(declare(provider="test"))
    call_command("contribution", "refund", str(given.pk), reference="mine")
    assert "is asked to give it back" in capsys.readouterr().out
    assert work(GIVE_BACK) == "succeeded"


def test_what_is_disputed_meanwhile_waits_and_is_not_given_back_beside_it(driver: Driver) -> None:
    given = confirm(declare(provider="test"))
    call_command("contribution", "refund", str(given.pk), reference="mine")
    Contribution.objects.filter(pk=given.pk).update(status="disputed")
    assert work(GIVE_BACK) == "pending"
    assert driver.asked() == []


def test_a_provider_that_is_away_is_asked_again(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_words: object) -> None:
        raise Unreachable("timeout")

    declare(provider="test")
    with monkeypatch.context() as patch:
        patch.setattr(driver, "start", away)
        assert work(START) == "pending"
    key = ProviderCall.objects.get().key
    Job.objects.update(run_after=timezone.now())
    assert work(START) == "succeeded"
    assert [one["key"] for one in driver.asked()] == [key]


def test_finance_reads_what_was_asked_and_told_and_the_doctor_says_what_waits(
    driver: Driver, client: Client, send: Any
) -> None:
    given = declare(provider="test")
    call = ProviderCall.objects.create(contribution=given, kind="start")
    assert send(body_of(given, 2, "confirmed")).status_code == 200
    told = {one.name: one for one in health.findings()}["providers"]
    assert told.level == "ok"
    past = timezone.now() - timedelta(hours=1)
    ProviderEvent.objects.update(received_at=past)
    ProviderCall.objects.update(created_at=past)
    told = {one.name: one for one in health.findings()}["providers"]
    assert (told.level, told.sentence[:40]) == ("warn", "Of providers of money 1 events wait for ")
    assert "1 calls are not answered" in told.sentence
    client.force_login(finance())
    for model, row in (("providerevent", ProviderEvent.objects.get()), ("providercall", call)):
        page = f"/admin/economics/{model}/"
        assert client.get(page).status_code == 200
        assert client.get(f"{page}{row.pk}/change/").status_code == 200
        assert client.post(f"{page}{row.pk}/change/", {}).status_code == 403
        assert client.get(f"{page}?q={given.pk}").status_code == 200
    assert client.get("/admin/economics/providercall/?answered=no").context["cl"].result_count == 1
