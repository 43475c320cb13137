"""The admin and programs, from where the site's owner says."""

from typing import Any

import pytest
from django.test import Client
from rest_framework.settings import api_settings

from config.lib import env
from tests.factories.social import StaffFactory, UserFactory, bearer
from tests.factories.tracks import PublicTrackFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFICE", "203.0.113.0/24, 2001:db8::7")
    settings.NEXUS_ADMIN_FROM = settings.NEXUS_API_FROM = env.networks("OFFICE")


@pytest.mark.parametrize(
    ("address", "found"),
    [("203.0.113.9", 200), ("::ffff:203.0.113.9", 200), ("2001:db8::7", 200), ("10.0.0.1", 404)],
)
def test_the_admin_is_there_for_the_office(office: None, address: str, found: int) -> None:
    client = Client(REMOTE_ADDR=address)
    client.force_login(StaffFactory())
    assert client.get("/admin/").status_code == found
    signing_in = 302 if found == 200 else 404
    assert Client(REMOTE_ADDR=address).get("/admin/login/").status_code == signing_in
    assert client.get("/").status_code == 200


def test_a_token_opens_nothing_from_elsewhere(office: None) -> None:
    address = f"/api/v1/versions/{PublicTrackFactory().primary_version_id}/"
    token = bearer(UserFactory())
    assert Client(REMOTE_ADDR="203.0.113.9").get(address, headers=token).status_code == 200
    refused = Client(REMOTE_ADDR="10.0.0.1").get(address, headers=token)
    assert (refused.status_code, refused.json()["type"]) == (404, "/problems/not-found")
    assert Client(REMOTE_ADDR="10.0.0.1").get(address).status_code == 200, "our own pages ask, too"


def test_an_address_that_is_claimed_counts_for_nothing(
    office: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed = {"X-Forwarded-For": "203.0.113.9"}
    assert Client(REMOTE_ADDR="10.0.0.1", headers=claimed).get("/admin/login/").status_code == 404
    monkeypatch.setattr(api_settings, "NUM_PROXIES", 1)
    assert Client(REMOTE_ADDR="10.0.0.1", headers=claimed).get("/admin/login/").status_code == 302


def test_what_is_no_network_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFICE", "203.0.113.0/99")
    with pytest.raises(ValueError, match="OFFICE must hold addresses and networks"):
        env.networks("OFFICE")
