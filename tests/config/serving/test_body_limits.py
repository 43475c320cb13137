"""Bodies are refused before they are read; shown with bare sockets against a real web process."""

import json
import select
import socket
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from config.serving.server import BODY_MOST_BYTES
from media_pipeline.storage import part_addresses
from tests.sites import Site

MIB = 1024 * 1024
PATIENCE_SECONDS = 10

pytestmark = pytest.mark.django_db(transaction=True)


def head(method: str, target: str, *headers: str) -> bytes:
    """Return the head of a request."""
    lines = [f"{method} {target} HTTP/1.1", "Host: 127.0.0.1", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


def talk(site: Site, opening: bytes, body_bytes: int = 0) -> tuple[int, dict[str, str], bytes, int]:
    """Send a head and then a body for as long as nobody answers.

    Returns status, headers, body of the answer, and how many bytes of the body were sent.
    """
    with connection(site) as line:
        line.sendall(opening)
        sent = 0
        while sent < body_bytes and not select.select([line], [], [], 0)[0]:
            sent += line.send(bytes(min(16 * 1024, body_bytes - sent)))
        return *answer(line), sent


def connection(site: Site) -> socket.socket:
    """Connect to the site, with a small buffer: what counts as sent has almost arrived."""
    line = socket.socket()
    line.settimeout(PATIENCE_SECONDS)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 32 * 1024)
    line.connect(("127.0.0.1", site.port))
    return line


def answer(line: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """Read one answer to the end of the connection."""
    received = b""
    while chunk := line.recv(65536):
        received += chunk
    first, _, rest = received.partition(b"\r\n")
    fields, _, body = rest.partition(b"\r\n\r\n")
    headers = dict(field.split(": ", 1) for field in fields.decode().split("\r\n"))
    return int(first.split()[1]), {name.lower(): value for name, value in headers.items()}, body


def kind(body: bytes) -> str:
    """Return the stable type of a problem."""
    return str(json.loads(body)["type"])


def written_bytes(pid: int) -> int:
    """Return what a process has caused to be written to a disk so far."""
    lines = Path(f"/proc/{pid}/io").read_text().splitlines()
    return int(dict(line.split(": ") for line in lines)["write_bytes"])


def test_a_stranger_sending_300_mb_is_refused_at_once_and_nothing_is_stored(site: Site) -> None:
    web = site.serve()
    before = written_bytes(web.pid)
    opening = head("PUT", "/nowhere/", f"Content-Length: {300 * MIB}")
    status, headers, body, sent = talk(site, opening, 300 * MIB)
    assert (status, kind(body)) == (413, "/problems/body-too-large")
    assert headers["content-type"] == "application/problem+json"
    assert headers["connection"] == "close"
    assert sent < 400 * 1024
    assert written_bytes(web.pid) - before < MIB


def test_each_wrong_body_has_its_answer(site: Site) -> None:
    site.serve()
    upload = str(uuid4())
    part = part_addresses.sign(upload, 1, 8 * MIB, timedelta(minutes=5)).url
    over = part_addresses.sign(upload, 1, 8 * MIB, -timedelta(minutes=5)).url
    forged = part.replace(f"size={8 * MIB}", f"size={300 * MIB}")

    def refused(method: str, target: str, *headers: str) -> tuple[int, str]:
        status, _, body, _ = talk(site, head(method, target, *headers))
        return status, kind(body)

    chunked = "Transfer-Encoding: chunked"
    too_large = (413, "/problems/body-too-large")
    assert refused("POST", "/api/v1/uploads/", chunked) == (411, "/problems/length-required")
    assert refused("PUT", part, chunked) == (411, "/problems/length-required")
    assert refused("POST", "/", f"Content-Length: {BODY_MOST_BYTES + 1}") == too_large
    too_long = (413, "/problems/part-size-wrong")
    assert refused("PUT", part, f"Content-Length: {8 * MIB + 1}") == too_long
    assert refused("POST", part, f"Content-Length: {8 * MIB}") == too_large
    wrong_size = (400, "/problems/part-size-wrong")
    assert refused("PUT", part, f"Content-Length: {8 * MIB - 1}") == wrong_size
    assert refused("PUT", part) == wrong_size
    signed_falsely = (403, "/problems/part-url-invalid")
    assert refused("PUT", forged, f"Content-Length: {300 * MIB}") == signed_falsely
    assert refused("PUT", over, f"Content-Length: {8 * MIB}") == (403, "/problems/part-url-expired")
    # And "Expect" is answered by the refusal itself, not by an invitation.
    assert refused("PUT", "/", f"Content-Length: {9 * MIB}", "Expect: 100-continue") == too_large


def test_who_sends_on_without_looking_is_cut_off_and_can_still_read_why(site: Site) -> None:
    web = site.serve()
    with connection(site) as line:
        line.sendall(head("PUT", "/nowhere/", f"Content-Length: {300 * MIB}"))
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            line.sendall(bytes(300 * MIB))
        status, _, body = answer(line)
    assert (status, kind(body)) == (413, "/problems/body-too-large")
    assert web.poll() is None


def test_small_bodies_and_further_requests_on_one_connection_pass(site: Site) -> None:
    site.serve()
    with site.client() as client:
        codes = [
            client.post("/api/v1/limits/", content=bytes(size)).status_code
            for size in (0, 1, BODY_MOST_BYTES, 1)
        ]
    assert codes == [401, 401, 401, 401]
