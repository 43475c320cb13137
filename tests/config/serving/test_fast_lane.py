"""Under ASGI kept pages and music never meet Django's middleware."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from config.lib.kept_pages import forget
from config.lib.page_cache import cacheable, concerns, shows
from config.serving.fast_lane import FastLane
from media_pipeline.delivery import media_url
from media_pipeline.storage import get_storage
from tests.factories.media_pipeline import AssetFactory, MediaFactory

pytestmark = pytest.mark.django_db(transaction=True)
OWNER = UUID(int=7)
BIG = bytes(range(256)) * 8192


@cacheable("page")
def shared(request: HttpRequest) -> HttpResponse:
    shows("thing:1")
    concerns(request, OWNER)
    return HttpResponse("<p>for all")


urlpatterns = [path("shared/", shared), path("", include("media_pipeline.delivery.urls"))]
handler404 = "config.errors.missing"


@pytest.fixture(autouse=True)
def _pages(settings: Any) -> Iterator[None]:
    settings.ROOT_URLCONF = __name__
    settings.PAGE_CACHE_SECONDS = 10
    cache.clear()
    yield
    cache.clear()


async def _behind(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"behind"})


def ask(address: str, **headers: str) -> dict[str, Any]:
    """Send one GET through the lane; what it hands on is answered with 299."""
    fields = [(b"host", b"testserver")]
    fields += [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": fields,
    }

    async def talk() -> dict[str, Any]:
        one = ApplicationCommunicator(FastLane(_behind), scope)
        await one.send_input({"type": "http.request", "body": b""})
        answer: dict[str, Any] = await one.receive_output(10)
        answer["headers"] = {n.decode().lower(): v.decode() for n, v in answer["headers"]}
        answer["body"], more = b"", True
        while more:
            message = await one.receive_output(10)
            answer["body"] += message.get("body", b"")
            more = message.get("more_body", False)
        return answer

    return async_to_sync(talk)()


def test_a_kept_page_passes_with_all_its_headers() -> None:
    assert ask("/shared/")["status"] == 299
    made = Client().get("/shared/", headers={"host": "testserver"})
    kept = ask("/shared/")
    assert (kept["status"], kept["body"]) == (200, b"<p>for all")
    assert kept["headers"] == {name.lower(): value for name, value in made.headers.items()}
    assert "default-src" in kept["headers"]["content-security-policy"]


def test_whoever_could_see_something_else_is_handed_on() -> None:
    Client().get("/shared/", headers={"host": "testserver"})
    assert ask("/shared/", cookie="csrftoken=a")["status"] == 200
    assert ask("/shared/", cookie="a=b; sessionid=c")["status"] == 299
    assert ask("/shared/", authorization="Bearer a")["status"] == 299
    assert ask("/shared/", hx_request="true")["status"] == 299
    assert ask("/shared/?page=2")["status"] == 299
    person = "a=b; sessionid=c; nexus-person={}"
    assert ask("/shared/", cookie=person.format(UUID(int=8)))["status"] == 200
    assert ask("/shared/", cookie=person.format(OWNER))["status"] == 299
    forget("thing:2")
    assert ask("/shared/")["status"] == 200
    forget("thing:1")
    assert ask("/shared/")["status"] == 299


@pytest.mark.parametrize("data", [b"short", BIG])
def test_music_passes_in_any_size(data: bytes) -> None:
    media = MediaFactory(asset=AssetFactory(attempt="a1", extras_attempt="a2"))
    key = f"transcodes/{media.asset_id}/a2/mp3_320.mp3"
    get_storage().write(key, data, content_type="audio/mpeg")
    address = media_url(media, "a2", "mp3_320.mp3")
    try:
        whole = ask(address, cookie="sessionid=somebody")
        assert (whole["status"], whole["body"]) == (200, data)
        assert "vary" not in whole["headers"]
        assert "set-cookie" not in whole["headers"]
        assert whole["headers"]["x-content-type-options"] == "nosniff"
        part = ask(address, range="bytes=1-")
        assert (part["status"], part["body"]) == (206, data[1:])
    finally:
        get_storage().delete(key)


def test_what_the_layout_lacks_is_not_found_without_a_page() -> None:
    assert ask("/m/no/such/thing")["status"] == 404
