"""A provider that plays any order of events, and a door that knows its keys."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from economics.hooks import rules
from economics.models import Contribution
from economics.providers import registry
from economics.providers.driver import Driver

KEYS = ["the newer key of a provider", "the older key of a provider"]
URL = "/hooks/payments/test/"

Send = Callable[..., Any]


def body_of(given: Contribution, number: int, kind: str, **more: Any) -> bytes:
    """Return an event of a contribution as the test driver tells it."""
    words = {"id": f"{given.pk}-{number}", "number": number, "kind": kind}
    words |= {"contribution": str(given.pk), "reference": f"ref {kind}", **more}
    return json.dumps(words).encode()


@pytest.fixture(autouse=True)
def driver(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    """The test driver, offered for one test."""
    driver = Driver()
    monkeypatch.setitem(registry._providers, driver.name, driver)
    settings.NEXUS_HOOK_KEYS = {"test": KEYS}
    yield driver
    driver._file().unlink(missing_ok=True)


@pytest.fixture
def send(client: Client) -> Send:
    """A function: body, and what is not as it should be → the answer of the door."""

    def post(
        body: bytes, *, keys: list[str] = KEYS[:1], ago: float = 0, url: str = URL, **headers: str
    ) -> Any:
        signed = rules.header(keys, int(time.time() - ago), body)
        words: dict[str, Any] = {"content_type": "application/json"}
        return client.post(url, body, headers={rules.HEADER: signed} | headers, **words)

    return post
