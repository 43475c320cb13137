"""Under ASGI one thread answers a request, middleware and all, and streams wait for nobody."""

import asyncio
import threading
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.core import signals
from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from config.serving.handler import OneTripHandler

pytestmark = pytest.mark.django_db(transaction=True)
BIG = bytes(range(256)) * 4096
ended = threading.Event()


def where(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse(threading.current_thread().name)


def file(request: HttpRequest) -> FileResponse:
    return FileResponse(BytesIO(BIG))


def endless(request: HttpRequest) -> StreamingHttpResponse:
    def chunks() -> Iterator[bytes]:
        try:
            while True:
                yield b"x" * 1024
        finally:
            ended.set()

    return StreamingHttpResponse(chunks())


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours")


urlpatterns = [path(view.__name__ + "/", view) for view in (where, file, endless, broken)]
handler404 = "config.errors.missing"
handler500 = "config.errors.broken"


@pytest.fixture(autouse=True)
def _views(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


def begun(address: str, method: str = "GET") -> ApplicationCommunicator:
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": address,
        "raw_path": address.encode(),
        "query_string": b"",
        "headers": [(b"host", b"testserver")],
    }
    return ApplicationCommunicator(OneTripHandler(), scope)


async def ask(address: str, method: str = "GET") -> tuple[dict[str, Any], bytes]:
    one = begun(address, method)
    await one.send_input({"type": "http.request", "body": b""})
    head: dict[str, Any] = await one.receive_output(10)
    body, more = b"", True
    while more:
        message = await one.receive_output(10)
        body += message.get("body", b"")
        more = message.get("more_body", False)
    await one.wait(10)
    return head, body


def test_a_page_passes_middleware_in_a_thread_kept_for_reading() -> None:
    head, body = asyncio.run(ask("/where/"))
    names = {name.lower() for name, _ in head["headers"]}
    assert body.startswith(b"reading")
    assert {b"content-security-policy", b"permissions-policy", b"x-frame-options"} <= names


def test_who_writes_takes_no_thread_from_who_reads(settings: Any) -> None:
    settings.MIDDLEWARE = []
    assert asyncio.run(ask("/where/", "PUT"))[1].startswith(b"writing")


def test_a_request_begins_and_ends_once_and_gives_its_connection_back() -> None:
    seen: list[str] = []
    kept: list[bool] = []

    def note(signal: Any, **_named: Any) -> None:
        seen.append("began" if signal is signals.request_started else "ended")
        if signal is signals.request_finished:
            kept.append(connection.connection is not None)

    for signal in (signals.request_started, signals.request_finished):
        signal.connect(note)
    try:
        asyncio.run(ask("/where/"))
        asyncio.run(ask("/file/"))
    finally:
        for signal in (signals.request_started, signals.request_finished):
            signal.disconnect(note)
    assert seen == ["began", "ended"] * 2
    assert kept == [False, False]


@pytest.mark.filterwarnings("error")
def test_a_file_arrives_whole() -> None:
    head, body = asyncio.run(ask("/file/"))
    assert (head["status"], body) == (200, BIG)


def test_a_stream_ends_when_its_listener_leaves() -> None:
    ended.clear()

    async def leave() -> None:
        one = begun("/endless/")
        await one.send_input({"type": "http.request", "body": b""})
        assert (await one.receive_output(10))["status"] == 200
        await one.receive_output(10)
        await one.send_input({"type": "http.disconnect"})
        await one.wait(10)

    asyncio.run(leave())
    assert ended.wait(10)


def test_a_fault_is_answered_as_everywhere() -> None:
    head, body = asyncio.run(ask("/broken/"))
    assert head["status"] == 500
    assert b"a fault of ours" not in body
