"""Whole addresses are made of settings; a Host only picks one of ours."""

from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client, RequestFactory

from config import deploy_checks
from config.lib import origins
from config.middleware.own_origin import OwnOriginMiddleware
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import do_jobs

MUSIC, OLD = "https://music.example", "http://old.example:8080"


@pytest.fixture
def two_names(settings: Any) -> None:
    """A site with two origins, the first of which is home."""
    settings.SITE_ORIGINS = [MUSIC, OLD]
    settings.ALLOWED_HOSTS = ["music.example", "old.example", ".wide.example"]


@pytest.mark.usefixtures("two_names")
@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("music.example", MUSIC),
        ("MUSIC.example:99", MUSIC),
        ("music.example.", MUSIC),
        ("Old.Example", OLD),
        ("any.wide.example:1", MUSIC),
        ("evil.example", None),
        ("music.example@evil.example", None),
        ("", None),
    ],
)
def test_a_host_picks_an_origin_and_is_never_copied(host: str, origin: str | None) -> None:
    assert origins.of_host(host) == origin


@pytest.mark.parametrize(
    ("hosts", "told", "first"),
    [
        (["localhost", "127.0.0.1", "[::1]"], {}, "http://127.0.0.1:8000"),
        (["localhost", "127.0.0.1"], {"host": "0.0.0.0", "port": 81}, "http://127.0.0.1:81"),
        (["localhost", "[::1]"], {"host": "::1", "port": 80}, "http://[::1]"),
        (["music.lan", "127.0.0.1"], {"host": "0.0.0.0"}, "http://127.0.0.1:8000"),
        (["music.lan"], {}, "http://music.lan:8000"),
        (["*"], {"host": "10.0.0.7"}, "http://10.0.0.7:8000"),
        ([".wide.example", "music.example"], {"secure": True}, "https://music.example"),
    ],
)
def test_without_origins_hosts_and_port_make_one(
    hosts: list[str], told: dict[str, Any], first: str
) -> None:
    assert origins.of_hosts(hosts, **{"secure": False, **told})[0] == first


@pytest.mark.usefixtures("two_names")
@pytest.mark.parametrize(
    ("location", "address"),
    [
        (None, f"{OLD}//evil.example/caf%C3%A9?a=b"),
        ("//evil.example/", f"{OLD}//evil.example/"),
        ("/t/abc/?key=c", f"{OLD}/t/abc/?key=c"),
        ("https://bucket.example/part", "https://bucket.example/part"),
    ],
)
def test_whatever_library_asks_gets_an_address_of_ours(location: str | None, address: str) -> None:
    request = RequestFactory().get("/", {"a": "b"}, headers={"host": "OLD.example:1"})
    request.path = "//evil.example/café"
    asked: list[str] = []

    def view(seen: Any) -> Any:
        asked.append(seen.build_absolute_uri(location))

    OwnOriginMiddleware(view)(request)
    assert asked == [address]


@pytest.mark.django_db
@pytest.mark.usefixtures("two_names")
def test_a_message_leads_home_from_whichever_of_our_hosts_it_was_asked_for() -> None:
    person = UserFactory()
    visitor = Client(headers={"host": "old.example"})
    for email in (person.email, "nobody@example.org"):
        visitor.post("/accounts/password/reset/", {"email": email})
        do_jobs()
        text = mail.outbox.pop().body
        assert f"{MUSIC}/accounts/" in text
        assert text.rstrip().endswith("music.example")
        assert "old.example" not in text


@pytest.mark.django_db
@pytest.mark.usefixtures("two_names")
def test_what_a_page_tells_other_sites_has_no_port_of_a_visitors(client: Client) -> None:
    track = PublicTrackFactory()
    page = client.get(track.get_absolute_url(), headers={"host": "MUSIC.example:6666"})
    assert f'<link rel="canonical" href="{MUSIC}{track.get_absolute_url()}">' in page.text
    assert "6666" not in page.text
    told = client.get(
        "/oembed/",
        {"url": MUSIC + track.get_absolute_url()},
        headers={"host": "MUSIC.example:6666"},
    )
    assert f'src="{MUSIC}/embed/' in told.json()["html"]
    assert told.json()["provider_url"] == f"{MUSIC}/"


@pytest.mark.django_db
def test_the_doctor_says_where_addresses_lead(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SITE_ORIGINS = [MUSIC]
    call_command("doctor")
    assert f"addresses begin with {MUSIC}" in capsys.readouterr().out
    settings.SITE_ORIGINS, settings.ALLOWED_HOSTS = [], ["music.lan"]
    call_command("doctor")
    assert "a guess. Set NEXUS_ORIGINS" in capsys.readouterr().out


def test_a_deployment_is_warned_of_what_nobody_said(settings: Any) -> None:
    settings.SITE_ORIGINS = []
    assert [each.id for each in deploy_checks.origin_is_told()] == ["nexus.W001"]
    settings.SITE_ORIGINS = ["https://music.example/path", "music.example", "https://"]
    assert deploy_checks.origin_is_told() == []
    assert [each.id for each in deploy_checks.origins_are_origins()] == ["nexus.E001"] * 3
    settings.SITE_ORIGINS = [MUSIC, "http://[::1]:8000"]
    assert deploy_checks.origins_are_origins() == []
    settings.SECURE_SSL_REDIRECT, settings.NEXUS_PROXIES = True, 0
    assert [each.id for each in deploy_checks.proxies_are_counted()] == ["nexus.W002"]
    settings.NEXUS_PROXIES = 1
    assert deploy_checks.proxies_are_counted() == []
