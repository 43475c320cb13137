"""A thousand contributions told, posted and sealed, while somebody reads pages."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlsplit

COUNT, SECONDS = 1000, 50.0  # sent evenly over so long: a minute has room for taking and sealing
KEY = "a key for measurements alone"
ENVIRONMENT = {"NEXUS_TEST_PROVIDER": "1", "NEXUS_HOOK_KEYS": f"test={KEY}"}
PAGES_SECONDS = 10.0
PATIENCE_S = 600.0


def measure(base: str, count: int = COUNT) -> dict[str, Any]:
    """Send `count` signed events and return how long it took until the last one was sealed."""
    from economics.models import Contribution, LedgerEntry
    from media_pipeline.models import SealedEntry

    given = _declare(count)
    alone = _pages(base, time.monotonic() + PAGES_SECONDS)
    began, done = time.monotonic(), threading.Event()
    with ThreadPoolExecutor(2) as beside:
        meanwhile = beside.submit(_pages, base, began + PATIENCE_S, done)
        answers = _send_all(base, given, began)
        open_ = Contribution.objects.filter(provider="test", status="declared")
        taken = _until(lambda: not open_.exists(), began)
        sealed = _until(lambda: not SealedEntry.objects.filter(seal=None).exists(), began)
        done.set()
        pages = meanwhile.result()
    assert LedgerEntry.objects.all().total() == 0
    return {
        "contributions": count,
        "taken_s": round(taken, 1),
        "sealed_s": round(sealed, 1),
        "a_minute": round(count * 60 / sealed),
        "hook_p50_ms": round(median(answers), 1),
        "hook_p95_ms": round(quantiles(answers, n=20)[18], 1),
        "hook_worst_ms": round(max(answers), 1),
        "page_p95_ms": round(quantiles(pages, n=20)[18], 1),
        "page_p95_alone_ms": round(quantiles(alone, n=20)[18], 1),
    }


def _declare(count: int) -> list[Any]:
    from tests.factories.economics import declare
    from tests.factories.social import UserFactory

    artists = [UserFactory.create() for _ in range(20)]
    return [declare(artists[one % len(artists)], provider="test") for one in range(count)]


def _send_all(base: str, given: list[Any], began: float) -> list[float]:
    """Send one event after the other, evenly; return the milliseconds until each was answered."""
    import http.client

    from economics.hooks import rules
    from tests.economics.hooks.conftest import URL, body_of

    parts = urlsplit(base)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    took = []
    for number, one in enumerate(given):
        time.sleep(max(0.0, began + number * SECONDS / len(given) - time.monotonic()))
        body = body_of(one, 1, "confirmed", fee=33)
        headers = {rules.HEADER: rules.header([KEY], int(time.time()), body)}
        start = time.perf_counter()
        connection.request("POST", URL, body, headers)
        answer = connection.getresponse()
        answer.read()
        took.append((time.perf_counter() - start) * 1000)
        assert answer.status == 200, answer.status
    return took


def _pages(base: str, until: float, done: threading.Event | None = None) -> list[float]:
    """Read the first page again and again, as somebody does who is signed out."""
    import httpx

    took = []
    with httpx.Client(base_url=base, timeout=30) as client:
        while time.monotonic() < until and not (done and done.is_set()):
            start = time.perf_counter()
            client.get("/search/?q=love").raise_for_status()
            took.append((time.perf_counter() - start) * 1000)
            time.sleep(0.05)
    return took


def _until(reached: Any, began: float) -> float:
    while not reached():
        if time.monotonic() > began + PATIENCE_S:
            raise RuntimeError("A thousand contributions are not done after ten minutes.")
        time.sleep(0.2)
    return time.monotonic() - began
