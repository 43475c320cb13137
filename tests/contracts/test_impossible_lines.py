"""A real server answers whatever bytes come over the line."""

import socket
from contextlib import closing

import pytest

from tests.sites import Site

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
