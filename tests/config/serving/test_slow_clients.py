"""Who sends drop by drop is cut off in time, and nobody else is; with bare sockets."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)
HEAD_SECONDS, DROP_SECONDS = 1, 0.1
HEAD = b"GET /health/ HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture
def line(site: Site) -> Iterator[socket.socket]:
    """A connection to a site that waits a second for a head, and as long for a body."""
    site.serve(NEXUS_HEAD_SECONDS=str(HEAD_SECONDS), NEXUS_BODY_SECONDS="1")
    with closing(socket.create_connection(("127.0.0.1", site.port), timeout=30)) as connected:
        yield connected


def drip(line: socket.socket, drops: bytes) -> bytes:
    """Send `drops` one by one, again and again, until the other side has hung up; return its words.

    At most a hundred drops: a site that never hangs up fails the test and does not hold it up.
    """
    line.settimeout(DROP_SECONDS)
    heard = b""
    for n in range(100):
        try:
            line.send(drops[n % len(drops) :][:1])
            chunk = line.recv(4096)
        except TimeoutError:
            continue
        except ConnectionError:
            return heard
        if not chunk:
            return heard
        heard += chunk
    pytest.fail("the connection is still open")


def test_a_head_that_drips_is_answered_and_hung_up_on(line: socket.socket) -> None:
    line.sendall(HEAD)
    assert drip(line, b"X-A: b\r\n").startswith(b"HTTP/1.1 408 ")


def test_a_first_line_that_drips_is_hung_up_on(line: socket.socket) -> None:
    drip(
        line,
        b"GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    )


def test_a_connection_on_which_nothing_is_asked_is_hung_up_on(line: socket.socket) -> None:
    assert line.recv(1) == b""


def test_a_body_that_drips_is_answered_and_hung_up_on(line: socket.socket) -> None:
    line.sendall(
        b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000\r\n\r\n"
    )
    assert drip(line, b"a").startswith(b"HTTP/1.1 408 ")


def test_the_time_begins_anew_with_each_request_on_a_connection(line: socket.socket) -> None:
    for _ in range(3):
        line.sendall(HEAD + b"\r\n")
        answer = b""
        while b"\r\n\r\n" not in answer or not answer.rstrip().endswith(b"}"):
            answer += line.recv(65536)
        assert answer.startswith(b"HTTP/1.1 200 ")
        time.sleep(0.6 * HEAD_SECONDS)  # longer in all than one head may take
    drip(line, b"G")
