"""The site below a path: by the setting, everywhere, and by nothing that a request says."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory, override_settings
from django.test.utils import override_script_prefix
from websockets.sync.client import connect

from config.lib import env
from config.lib import urls as addresses
from config.serving.door import NOT_THE_CLIENTS, AsgiDoor, WsgiDoor
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.sites import Site

EVIL = "https://evil.example"


@pytest.mark.parametrize(
    ("told", "prefix"),
    [("", ""), ("/", ""), ("music", "/music"), ("/music/", "/music"), ("/a/b-c", "/a/b-c")],
)
def test_the_setting_is_read_in_any_spelling(
    monkeypatch: pytest.MonkeyPatch, told: str, prefix: str
) -> None:
    monkeypatch.setenv("NEXUS_PREFIX", told)
    assert env.prefix("NEXUS_PREFIX") == prefix


@pytest.mark.parametrize("told", ["https://evil.example", "//", "/a//b", "/a b", "/<", "/.."])
def test_what_is_no_path_is_refused_with_the_settings_name(
    monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    monkeypatch.setenv("NEXUS_PREFIX", told)
    if told.strip("/"):
        with pytest.raises(ValueError, match="NEXUS_PREFIX"):
            env.prefix("NEXUS_PREFIX")
    else:
        assert env.prefix("NEXUS_PREFIX") == ""


def test_an_address_kept_for_good_is_not_made_of_the_requests_script_name() -> None:
    addresses._around.cache_clear()
    with override_script_prefix(f"{EVIL}/"):
        assert addresses.address_of("track-detail", "song") == "/tracks/song/"
    addresses._around.cache_clear()


@pytest.mark.django_db(transaction=True)
def test_a_servers_script_name_is_in_no_page() -> None:
    environ = RequestFactory().get("/", SCRIPT_NAME=EVIL).environ
    told: list[str] = []
    page = b"".join(WSGIHandler()(environ, lambda status, _headers: told.append(status)))
    assert told == ["200 OK"]
    assert EVIL.encode() not in page


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_the_door_for_asgi_lets_no_claim_in(kind: str) -> None:
    seen: list[dict[str, Any]] = []

    async def inside(scope: dict[str, Any], _receive: Any, _send: Any) -> None:
        seen.append(scope)

    claims = [(name.encode(), b"evil") for name in NOT_THE_CLIENTS]
    scope = {
        "type": kind,
        "path": "/m/search/",
        "root_path": "/m",
        "headers": [(b"host", b"testserver"), *claims],
    }
    async_to_sync(AsgiDoor(inside))(scope, None, None)
    assert seen == [scope | {"root_path": "", "headers": [(b"host", b"testserver")]}]


def test_the_door_for_wsgi_lets_no_claim_in() -> None:
    seen: list[dict[str, Any]] = []

    def inside(environ: dict[str, Any], _start: Any) -> list[bytes]:
        seen.append(environ)
        return []

    claims = {f"HTTP_{name.upper().replace('-', '_')}": "evil" for name in NOT_THE_CLIENTS}
    server = {"SCRIPT_NAME": "/m", "PATH_INFO": "/search/", "wsgi.url_scheme": "https"}
    WsgiDoor(inside)(claims | server, lambda *_: None)
    assert seen == [{"SCRIPT_NAME": "", "PATH_INFO": "/m/search/", "wsgi.url_scheme": "http"}]


@pytest.mark.parametrize(
    ("path", "inside"),
    [("/music/ws/queue/", "/ws/queue/"), ("/ws/queue/", "/"), ("/musical/ws/queue/", "/")],
)
def test_sockets_are_below_the_prefix_only(path: str, inside: str) -> None:
    seen: list[str] = []

    async def within(scope: dict[str, Any], _receive: Any, _send: Any) -> None:
        seen.append(scope["path"])

    with override_settings(NEXUS_PREFIX="/music"):
        scope = {"type": "websocket", "path": path, "headers": []}
        async_to_sync(AsgiDoor(within))(scope, None, None)
    assert seen == [inside]


@pytest.mark.django_db(transaction=True)
def test_the_whole_site_lies_below_its_prefix(site: Site) -> None:
    track = PublicTrackFactory(title="Lanterns")
    site.serve(NEXUS_PREFIX="/music", NEXUS_PAGE_CACHE_SECONDS="10")
    cache.clear()
    with httpx.Client(base_url=site.url, timeout=30) as visitor:
        for _ in range(2):  # made, then kept
            home = visitor.get("/music/").text
            assert f'href="/music{track.get_absolute_url()}' in home
            assert 'data-prefix="/music"' in home
        page = visitor.get(f"/music{track.get_absolute_url()}").text
        assert f'rel="canonical" href="{site.url}/music{track.get_absolute_url()}"' in page
        assert 'href="/tracks/' not in page
        style = next(word for word in home.split('"') if word.endswith(".css"))
        assert style.startswith("/music/static/")
        assert visitor.get(style).status_code == 200
        version = visitor.get(f"/music/api/v1/versions/{track.primary_version_id}/").json()
        assert version["hls_url"].startswith("/music/m/")
        lost = visitor.get(version["hls_url"])
        assert lost.headers["Content-Type"] == "application/problem+json"
        assert visitor.get("/").status_code == 404
        assert visitor.get(track.get_absolute_url()).status_code == 404
    _a_part_is_taken_and_a_socket_opens(site)


def _a_part_is_taken_and_a_socket_opens(site: Site) -> None:
    artist = UserFactory()
    browser = Client()
    browser.force_login(artist, backend=settings.AUTHENTICATION_BACKENDS[-1])
    cookie = {"Cookie": f"sessionid={browser.cookies['sessionid'].value}"}
    token = "a" * 32
    headers = cookie | {"X-CSRFToken": token, "Origin": site.url}
    headers["Cookie"] += f"; csrftoken={token}"
    with httpx.Client(base_url=f"{site.url}/music/api/v1", headers=headers, timeout=30) as api:
        plan = api.post("/uploads/", json={"filename": "a.wav", "size": 2 << 20}).json()
        (part,) = api.post(f"/uploads/{plan['id']}/parts/sign/", json={"parts": [1]}).json()
        assert part["url"].startswith(f"{site.url}/music/u/{plan['id']}/1?")
        sent = httpx.put(part["url"], content=bytes(2 << 20), headers=part["headers"])
        assert sent.status_code == 200
    address = site.url.replace("http", "ws") + "/music/ws/queue/"
    with connect(address, origin=site.url, additional_headers=cookie) as socket:
        assert socket.recv(10)


def test_the_scripts_know_no_path_but_below_the_prefix() -> None:
    """What a script asks for begins with the prefix, which only two of them add."""
    folder = Path(settings.BASE_DIR) / "static" / "js"
    for path in folder.rglob("*.js"):
        text = path.read_text()
        assert "fetch(`/" not in text, path
        assert 'fetch("/' not in text, path
        assert 'startsWith("/embed/' not in text, path
