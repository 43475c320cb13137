"""A minute's share of the API, for visitors and for people."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories.social import UserFactory, bearer
from tests.factories.tracks import PublicTrackFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few(settings: Any) -> Iterator[None]:
    settings.NEXUS_API_RATE_ANON = 3
    settings.NEXUS_API_RATE_USER = 5
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def address() -> str:
    return f"/api/v1/versions/{PublicTrackFactory().primary_version_id}/"


def test_a_visitor_is_told_when_to_come_back(client: Client, address: str) -> None:
    assert [client.get(address).status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/throttled"
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_every_answer_tells_what_is_left(client: Client, address: str) -> None:
    left = [client.get(address).headers["RateLimit-Remaining"] for _ in range(4)]
    assert left == ["2", "1", "0", "0"]
    answer = client.get(address)
    assert answer.headers["RateLimit-Limit"] == "3"
    assert 40 <= int(answer.headers["RateLimit-Reset"]) <= 60
    assert "RateLimit-Limit" not in client.get("/").headers


def test_people_are_counted_each_for_themselves(client: Client, address: str) -> None:
    fan, other = bearer(UserFactory()), bearer(UserFactory())
    asked = [client.get(address, headers=fan).status_code for _ in range(6)]
    assert asked == [200, 200, 200, 200, 200, 429]
    assert client.get(address, headers=other).status_code == 200
    assert client.get(address).status_code == 200


def test_an_address_cannot_be_made_up(client: Client, address: str) -> None:
    """No proxy is trusted unless the settings say so."""
    for n in range(4):
        answer = client.get(address, headers={"X-Forwarded-For": f"192.0.2.{n}"})
    assert answer.status_code == 429


def test_whoever_is_refused_is_counted_too(client: Client, address: str) -> None:
    wrong = {"Authorization": "Bearer nxs_x"}
    asked = [client.get(address, headers=wrong).status_code for _ in range(4)]
    assert asked == [401, 401, 401, 429]
    answer = client.get("/api/v1/me/marks/")
    assert answer.status_code == 429
    assert answer.json()["type"] == "/problems/throttled"
    assert int(answer.headers["Retry-After"]) > 0
