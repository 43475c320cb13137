"""What cannot be stored or cannot be an address is refused with 4xx everywhere, and never a 500."""

import socket
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from tests.contracts.cast import Cast, address, make_cast
from tests.contracts.impossible import (
    BODIES,
    FORM,
    IN_ADDRESSES,
    IN_BODIES,
    KINDS,
    as_json,
    bent,
    names_read,
)
from tests.contracts.permissions import Row
from tests.contracts.test_permissions import ROWS, music, signed_in  # noqa: F401 - a fixture
from tests.sites import Site

pytestmark = pytest.mark.django_db
WRITES = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def once_each(methods: set[str]) -> Iterator[Row]:
    """Yield one row for each route and method, the one on what is the most open."""
    seen = set()
    for row in ROWS:
        if row.method in methods and (row.route, row.method) not in seen:
            seen.add((row.route, row.method))
            yield row


def send(client: Client, method: str, path: str, **body: Any) -> int:
    """Ask, and put everything back."""
    before = transaction.savepoint()
    status = client.generic(method, path, **body).status_code
    transaction.savepoint_rollback(before)
    return status


def test_no_parameter_of_an_address_breaks_it(cast: Cast, music: None) -> None:  # noqa: F811
    wrong = []
    clients = {person: signed_in(cast, person) for person in ("visitor", "owner")}
    for row in once_each({"GET", "HEAD", *WRITES}):
        for path in dict.fromkeys(bent(address(row, cast).partition("?")[0])):
            for person, client in clients.items():
                status = send(client, row.method, path)
                refused = 400 <= status < 500 or status in {301, 302}
                if "%00" in path:
                    refused = status in {400, 404}
                elif status in {200, 204}:  # letters of a name somebody could have
                    refused = row.route in {"accent-css", "media-file", "profile"}
                if not refused:
                    wrong.append((row.method, row.route, path[-60:], person, status))
    assert wrong == []


def test_no_query_breaks_a_page(cast: Cast, music: None) -> None:  # noqa: F811
    wrong, names, client = [], sorted(names_read()), signed_in(cast, "owner")
    for row in once_each({"GET"}):
        path = address(row, cast).partition("?")[0]
        for value in IN_ADDRESSES:
            asked = ["&".join(f"{name}={value[:400]}" for name in names), f"{value}={value}", value]
            for query in asked:
                status = send(client, "GET", f"{path}?{query}")
                if status >= 500:
                    wrong.append((row.route, query[:60], status))
    assert wrong == []


@pytest.mark.parametrize("slice_", range(8))
def test_no_body_breaks_a_deed(slice_: int, cast: Cast, music: None) -> None:  # noqa: F811
    wrong, names, client = [], sorted(names_read()), signed_in(cast, "owner")
    for row in list(once_each(WRITES))[slice_::8]:
        path = address(row, cast)
        sent = [(body, kind) for body in BODIES for kind in KINDS]
        for value in IN_BODIES:
            sent.append((as_json(dict.fromkeys(names, value)), KINDS[0]))
            sent.append((as_json(value), KINDS[0]))
            if isinstance(value, str) and value.isascii():
                sent.append((urlencode(dict.fromkeys(names, value)).encode(), FORM))
        for body, kind in sent:
            status = send(client, row.method, path, data=body, content_type=kind)
            if status >= 500:
                wrong.append((row.method, row.route, body[:60], kind, status))
    assert wrong == []


RAW = [
    *(b"GET /\xff/ HTTP/1.1", b"G\xffT / HTTP/1.1", b"GET /\x00/ HTTP/1.1", b"GET /a\x00 HTTP/1.1"),
    *(b"GET /%00/ HTTP/1.1", b"GET /?q=\xff HTTP/1.1", b"GET /search/?q=%ED%A0%80 HTTP/1.1"),
    *(b"GET //evil.example/ HTTP/1.1", b"GET http://evil.example/ HTTP/1.1", b"GET * HTTP/1.1"),
    *(b"GET /../../etc/passwd HTTP/1.1", b"GET /%2e%2e/%2e%2e HTTP/1.1", b"OPTIONS * HTTP/1.1"),
    *(b"GET /" + b"a" * 10_240 + b"/ HTTP/1.1", b"GET /@%2f%00/ HTTP/1.1", b"BREW / HTTP/1.1"),
]
UPGRADE = (
    b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://127.0.0.1:%d\r\n"
)
ID = b"01a21d11-9ed9-780a-bb28-b60751d86eb7"
SOCKETS = [
    *(
        b"/ws/none/",
        b"/ws/tracks/%00/notes/",
        b"/ws/tracks/x/notes/",
        b"/ws/\xff/",
        b"/ws/queue/%00",
    ),
    *(b"/ws/tracks/" + ID + b"/notes/?v=%00&token=%ED%A0%80", b"/ws/queue"),
    *(b"/ws/tracks/" + ID + b"/notes/?token=%00", b"/ws/tracks/" + ID + b"/notes/?by=%00"),
    *(b"/ws/versions/" + ID + b"/?token=%00", b"/ws/" + b"a" * 9000),
]


@pytest.mark.django_db(transaction=True)
def test_a_real_server_answers_whatever_comes_over_the_line(site: Site) -> None:
    web = site.serve()
    host = b"Host: 127.0.0.1:%d\r\n" % site.port
    requests = [line + b"\r\n" + host for line in RAW]
    for path in SOCKETS:
        requests.append(b"GET " + path + b" HTTP/1.1\r\n" + host + UPGRADE % site.port)
    wrong = []
    for request in requests:
        with closing(socket.create_connection(("127.0.0.1", site.port), timeout=30)) as line:
            line.sendall(
                request + (b"" if b"Upgrade" in request else b"Connection: close\r\n") + b"\r\n"
            )
            status = line.recv(65536)[:12]
        if status and not (status.startswith(b"HTTP/1.") and status[9:10] in b"234"):
            wrong.append((request[:60], status))
    assert wrong == []
    assert web.poll() is None
    assert site.client().get("/health/").status_code == 200
