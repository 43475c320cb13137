"""Killed between row, seal and a provider's answer: no cent is doubled, and none is lost."""

import signal
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from economics.hooks import following, rules, services
from economics.ledger import selectors
from economics.models import Contribution, LedgerEntry, ProviderCall, ProviderEvent, Receipt
from economics.providers import registry
from economics.providers.driver import Driver
from economics.providers.services import GIVE_BACK, START, ask_to_give_back
from media_pipeline.models import Job, Seal, SealedEntry
from media_pipeline.sealing import services as sealing
from tests.economics.hooks.conftest import KEYS, URL, body_of
from tests.factories.economics import confirm, declare
from tests.sites import Site, wait_until

QUICK = {
    "NEXUS_LEASE_SECONDS": "2",
    "NEXUS_HEARTBEAT_SECONDS": "1",
    "NEXUS_TEST_PROVIDER": "1",
    "NEXUS_HOOK_KEYS": f"test={KEYS[0]}",
}
START_SECONDS = 30
SHARED = [("artist_payable", -677), ("charity_payable", -193), ("platform_revenue", -97)]


@pytest.fixture(autouse=True)
def driver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    """What the processes of the site ask of the test provider is written down here."""
    driver = Driver()
    driver._file().unlink(missing_ok=True)
    monkeypatch.setitem(registry._providers, driver.name, driver)
    yield driver
    driver._file().unlink(missing_ok=True)


def balances() -> dict[str, int]:
    """Return what is on each kind of account."""
    found: Counter[str] = Counter()
    for key, amount in selectors.balances().items():
        found[key.partition(":")[0]] += amount
    return {kind: amount for kind, amount in found.items() if amount}


def tell(site: Site, given: Contribution, number: int, kind: str, **more: object) -> int:
    """Send an event to the site, signed now; return its status, or 0 where nobody answers."""
    body = body_of(given, number, kind, **more)
    signed = {rules.HEADER: rules.header(KEYS[:1], int(time.time()), body)}
    try:
        return httpx.post(site.url + URL, content=body, headers=signed, timeout=20).status_code
    except httpx.HTTPError:
        return 0


def killed_at(site: Site, point: str) -> None:
    """Let a worker die at this point."""
    worker = site.work("general", NEXUS_FAULT=point, **QUICK)
    assert worker.wait(START_SECONDS) == -signal.SIGKILL


def test_an_event_whose_web_process_dies_is_sent_again_and_counts_once(site: Site) -> None:
    given = declare(provider="test")
    web = site.serve(NEXUS_FAULT="hooks:row", **QUICK)
    assert tell(site, given, 1, "confirmed", fee=33) == 0
    assert web.wait(START_SECONDS) == -signal.SIGKILL
    assert not ProviderEvent.objects.exists(), "what was not answered is not half there"
    site.serve(**QUICK)
    for _ in range(2):
        assert tell(site, given, 1, "confirmed", fee=33) == 200
    assert ProviderEvent.objects.count() == 1


def test_an_event_whose_worker_dies_is_taken_once(site: Site, settings: Any) -> None:
    given = declare(provider="test")
    settings.NEXUS_HOOK_KEYS = {"test": KEYS}
    body = body_of(given, 1, "confirmed", fee=33)
    services.receive("test", body, rules.header(KEYS, int(time.time()), body))
    killed_at(site, "hooks:taken")
    assert balances() == {}, "a step and that it was taken are one transaction"
    site.work("general", **QUICK)
    wait_until(lambda: ProviderEvent.objects.filter(state="taken").exists(), 60)
    assert balances() == {"provider_clearing": 967, **dict(SHARED)}
    assert list(Receipt.objects.values_list("number", flat=True)) == [1]


@pytest.mark.parametrize("point", ["provider:before-call", "provider:after-call"])
def test_giving_back_is_asked_with_one_key_and_counts_once(
    site: Site, driver: Driver, point: str
) -> None:
    given = confirm(declare(provider="test"), fee=33)
    Job.objects.filter(kind=START).delete()
    ask_to_give_back(given)
    killed_at(site, point)
    key = ProviderCall.objects.get().key
    site.work("general", **QUICK)
    wait_until(lambda: Job.objects.get(kind=GIVE_BACK).state == "succeeded", 60)
    assert {one["key"] for one in driver.asked()} == {key}, "the same key, however often"
    assert len(driver.asked()) == (2 if point.endswith("after-call") else 1)
    assert balances() == {"provider_clearing": -33, "refund_loss": 33}
    given.refresh_from_db()
    assert given.status == "refunded"


@pytest.mark.parametrize("point", ["provider:before-call", "provider:after-call"])
def test_what_is_declared_is_begun_with_one_key(site: Site, driver: Driver, point: str) -> None:
    given = declare(provider="test")
    killed_at(site, point)
    key = ProviderCall.objects.get().key
    site.work("general", **QUICK)
    wait_until(lambda: Job.objects.get(kind=START).state == "succeeded", 60)
    assert {(one["what"], one["key"]) for one in driver.asked()} == {("start", key)}
    assert ProviderCall.objects.get(contribution=given).answer["reference"] == f"start {key}"


def test_what_was_written_before_a_kill_is_sealed_once(site: Site) -> None:
    given = confirm(declare(provider="test"), fee=33)
    written = SealedEntry.objects.filter(kind="ledger.written").count()
    assert written == 2
    killed_at(site, "seal:before-commit")
    assert not Seal.objects.exists()
    site.work("general", **QUICK)
    wait_until(lambda: not SealedEntry.objects.filter(seal=None).exists(), 90)
    assert list(sealing.verify()) == []
    assert SealedEntry.objects.filter(kind="ledger.written").count() == written
    assert LedgerEntry.objects.filter(transaction__subject=given.pk).count() == 7
    assert following.follow(given.pk) == 0
