"""Whom the site takes a visitor for, whatever a proxy or a stranger writes."""

from ipaddress import ip_address
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from rest_framework.settings import api_settings

from config.lib.client import client_address, client_key
from tests.factories.social import PASSWORD, UserFactory
from tests.factories.tracks import PublicTrackFactory

PROXY = "10.0.0.1"
# What the last proxy wrote → whom it saw; None: nothing usable, so the proxy itself is counted.
FORMS = {
    "203.0.113.7": "203.0.113.7",
    "203.0.113.7:51234": "203.0.113.7",
    "[203.0.113.7]:51234": "203.0.113.7",
    "2001:db8::7": "2001:db8::7",
    "[2001:db8::7]": "2001:db8::7",
    "[2001:db8::7]:51234": "2001:db8::7",
    '"[2001:db8::7]:51234"': "2001:db8::7",
    "fe80::7%eth0": "fe80::7",
    "[fe80::7%25eth0]:80": "fe80::7",
    "::ffff:203.0.113.7": "203.0.113.7",
    "[::ffff:203.0.113.7]:80": "203.0.113.7",
    "  203.0.113.7\t": "203.0.113.7",
    "198.51.100.1, 203.0.113.7": "203.0.113.7",
    "evil,,203.0.113.7": "203.0.113.7",
    **dict.fromkeys(
        ["unknown", "_hidden", "proxy.example", "203.0.113.300", "1", "2130706433", ":", "[", "]"]
    ),
    **dict.fromkeys(["", " ", ",", "[]:80", "a" * 300, "9" * 300, "1.2.3.4.5", "\xff\xfe", "'"]),
    **dict.fromkeys(["<script>", "203.0.113.7 198.51.100.1", "::ffff:", "2001:db8::7:51234:x"]),
}
WRITTEN = list(FORMS.items())


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


@pytest.fixture
def behind(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function: how many proxies of ours stand in front."""
    return lambda number: monkeypatch.setattr(api_settings, "NUM_PROXIES", number)


def asked(written: str | None, remote: str = PROXY) -> Any:
    more = {} if written is None else {"HTTP_X_FORWARDED_FOR": written}
    return RequestFactory().get("/", REMOTE_ADDR=remote, **more)


@pytest.mark.parametrize(("written", "seen"), WRITTEN)
def test_what_a_proxy_writes_is_read_in_every_form(
    written: str, seen: str | None, behind: Any
) -> None:
    behind(1)
    assert client_address(asked(written)) == (seen or PROXY)
    assert ip_address(client_key(asked(written)))


@pytest.mark.parametrize(("written", "seen"), WRITTEN)
def test_without_a_proxy_nothing_is_believed(written: str, seen: str | None, behind: Any) -> None:
    behind(0)
    assert client_address(asked(written)) == PROXY


def test_so_many_are_believed_as_are_ours(behind: Any) -> None:
    behind(2)
    assert client_address(asked("6.6.6.6, 203.0.113.7, 10.0.0.2")) == "203.0.113.7"
    assert client_address(asked("203.0.113.7")) == "203.0.113.7"
    assert client_address(asked("6.6.6.6, unknown, 10.0.0.2")) == PROXY


@pytest.mark.parametrize("remote", ["", "unix:", "/run/nexus.sock", "x" * 300])
def test_who_comes_without_an_address_is_nobody_in_particular(remote: str) -> None:
    assert client_address(asked(None, remote)) == "0.0.0.0"


def test_one_household_of_ipv6_is_counted_as_one() -> None:
    keys = {client_key(asked(None, f"2001:db8:1:2:{n:x}::1")) for n in range(5)}
    assert keys == {"2001:db8:1:2::"}
    assert client_key(asked(None, "2001:db8:1:3::1")) not in keys


PARTS = 5  # each form is written at one of the three arrangements, a fifth of them at a time


@pytest.mark.django_db
@pytest.mark.parametrize("proxies", [0, 1, 2])
@pytest.mark.parametrize("part", range(PARTS))
def test_every_door_answers_whatever_is_written(part: int, proxies: int, behind: Any) -> None:
    behind(proxies)
    UserFactory(handle="mira")
    version = PublicTrackFactory().primary_version_id
    for number, written in enumerate(list(FORMS)[proxies::3][part::PARTS]):
        cache.clear()
        client = Client(headers={"X-Forwarded-For": written}, raise_request_exception=False)
        form = {"login": "mira", "password": PASSWORD}
        assert client.post("/accounts/login/", form).status_code == 302, written
        wrong = form | {"password": "wrong"}
        other = Client(headers={"X-Forwarded-For": written}, raise_request_exception=False)
        assert other.post("/accounts/login/", wrong).status_code == 200, written
        joined = other.post(
            "/accounts/signup/",
            {
                "username": f"new{proxies}x{number}",
                "email": f"new{number}@example.org",
                "password1": "seven quiet harbours",
            },
        )
        assert joined.status_code == 302, written
        assert other.get(f"/api/v1/versions/{version}/").status_code == 200, written
        asked_for = other.post("/accounts/password/reset/", {"email": "x@example.org"})
        assert asked_for.status_code == 302, written
