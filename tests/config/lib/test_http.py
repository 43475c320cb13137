"""The guarded fetcher asks the public internet and nothing else, in whatever way one spells it."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

import pytest

from config.lib.http import FetchError, fetch
from config.lib.networks import is_public

SPELLINGS = [
    *("127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "0x7f.0.0.1", "0x7f000001"),
    *("2130706433", "017700000001", "0177.0.0.1", "0", "0.0.0.0", "00000177.1"),
    *("[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"),
    *("[::127.0.0.1]", "[::ffff:0:127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]"),
    *("[64:ff9b:1::1]", "[2002:7f00:1::]", "[2002:a00:1::1]", "[2001:0:7f00:1::]"),
    *("10.0.0.1", "10.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.168.257"),
    *("169.254.169.254", "0xa9fea9fe", "2852039166", "[::ffff:169.254.169.254]"),
    *("[fd00:ec2::254]", "[fe80::1]", "[fec0::1]", "[fc00::1]", "100.64.0.1", "100.127.255.255"),
    *("192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.7", "224.0.0.1"),
    *("239.255.255.250", "240.0.0.1", "255.255.255.255", "[ff02::1]", "[2001:db8::1]", "[100::1]"),
    *("localhost", "LOCALHOST", "localhost."),
]
NOT_ASKED = [
    *("file:///etc/passwd", "ftp://example.org/", "gopher://example.org:70/_x", "javascript:1"),
    *("//example.org/", "/etc/passwd", "", "http://", "https:///path", "http://:80/", "data:,x"),
    *("http://user@example.org/", "http://user:pass@example.org/", "http://example.org\\@127.1/"),
    *("http://example.org:22/", "http://example.org:0/", "http://example.org:99999/"),
    *("http://exa mple.org/", "http://example.org/\r\nHost: a", "http://example.org/\x00"),
    *(
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://ex%61mple.org/",
        "http://ex\u00e4mple.org",
    ),
    *("http://\uff11\uff12\uff17.0.0.1/", "http://127\u30020\u30020\u30021/", "x" * 5000),
]


@pytest.mark.parametrize("host", SPELLINGS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_spelling_leads_inside(host: str, scheme: str) -> None:
    with pytest.raises(FetchError) as refused:
        fetch(f"{scheme}://{host}/", seconds=3)
    # Some resolvers do not know the odd ones at all, which is as good.
    assert refused.value.code in {"forbidden", "unreachable"}
    if "::" in host or host[0] == "1":
        assert refused.value.code == "forbidden"


@pytest.mark.parametrize("url", NOT_ASKED)
def test_what_is_no_address_of_the_web_is_not_asked(url: str) -> None:
    with pytest.raises(FetchError) as refused:
        fetch(url, seconds=3)
    assert refused.value.code == "forbidden"


@pytest.mark.parametrize("address", ["9.9.9.9", "192.30.255.113", "2620:fe::fe", "2606:4700::1111"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


class Site(BaseHTTPRequestHandler):
    """What another site might do."""

    asked: list[tuple[str, str, Any, bytes]] = []

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        self.asked.append((self.command, self.path, self.headers, body))
        path, _, query = self.path.partition("?")
        getattr(self, f"_{path.strip('/') or 'home'}")(query)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_args: Any) -> None: ...

    def _say(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _home(self, _query: str) -> None:
        self._say(b'{"a": 1}', Content_Type="application/json; charset=utf-8")

    def _to(self, query: str) -> None:
        status, _, where = query.partition("&")
        self._say(b"", int(status), Location=where)

    def _loop(self, _query: str) -> None:
        self._say(b"", 302, Location="/loop")

    def _large(self, _query: str) -> None:
        self._say(b"x" * 2_000_000)

    def _endless(self, _query: str) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b"x" * 10_000)

    def _bomb(self, _query: str) -> None:
        self._say(gzip.compress(b"\0" * 10_000_000), Content_Encoding="gzip")

    def _slow(self, _query: str) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def _drip(self, _query: str) -> None:
        """Each byte comes in time; the whole never does."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        for _ in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def _chunks(self, _query: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(100):
            self.wfile.write(b"0")
            self.wfile.flush()
            time.sleep(0.1)

    def _deep(self, _query: str) -> None:
        self._say(b"[" * 200_000, Content_Type="application/json")

    def _silent(self, _query: str) -> None:
        time.sleep(1.5)

    def _odd(self, _query: str) -> None:
        self._say(b"abc", Content_Length="-7")


@pytest.fixture
def site(settings: Any) -> Iterator[str]:
    settings.NEXUS_FETCH_LOOPBACK = True
    Site.asked = []
    server = ThreadingHTTPServer(("0.0.0.0", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def code(url: str, **how: Any) -> str:
    with pytest.raises(FetchError) as refused:
        fetch(url, **how)
    return refused.value.code


def test_an_answer_comes_whole(site: str) -> None:
    answer = fetch(f"{site}/?q=1", headers={"X-Key": "k"}, types=["application/json"])
    assert (answer.status, answer.json(), answer.type) == (200, {"a": 1}, "application/json")
    method, path, headers, _ = Site.asked[0]
    assert (method, path, headers["X-Key"]) == ("GET", "/?q=1", "k")
    assert headers["Host"] == site.removeprefix("http://")


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that means another address a moment later (DNS rebinding) leads nowhere else."""
    port, real, looked = int(site.rpartition(":")[2]), socket.getaddrinfo, []

    def resolve(host: Any, *args: Any, **more: Any) -> Any:
        if host == "music.example":
            looked.append(host)
            return real("127.0.0.1" if len(looked) == 1 else "10.0.0.1", *args, **more)
        return real(host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert fetch(f"http://music.example:{port}/").status == 200
    assert looked == ["music.example"]
    assert Site.asked[0][2]["Host"] == f"music.example:{port}"
    assert code(f"http://music.example:{port}/", seconds=3) == "forbidden"


def test_a_name_with_one_address_inside_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
    found = [(*kind, ("9.9.9.9", 80)), (*kind, ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)
    assert code("http://music.example/") == "forbidden"


def test_redirects_are_not_followed_unless_asked_for(site: str) -> None:
    assert fetch(f"{site}/to?302&/").status == 302
    assert fetch(f"{site}/to?302&/", redirects=1).json() == {"a": 1}
    assert code(f"{site}/loop", redirects=3) == "redirected"
    assert len([path for _, path, _, _ in Site.asked if path == "/loop"]) == 4


@pytest.mark.parametrize("where", ["http://10.0.0.1/", "http://[::ffff:10.0.0.1]/", "file:///etc"])
def test_a_redirect_is_judged_like_the_first_address(site: str, where: str) -> None:
    assert code(f"{site}/to?302&{where}", redirects=2, seconds=3) == "forbidden"


def test_a_redirect_elsewhere_takes_no_keys_along(site: str) -> None:
    there = site.replace("127.0.0.1", "127.0.0.2")
    headers = {"Authorization": "Bearer x", "X-Other": "y"}
    fetch(f"{site}/to?307&/", headers=headers, redirects=1)
    assert Site.asked[-1][2]["Authorization"] == "Bearer x"
    fetch(f"{site}/to?307&{there}/", headers=headers, redirects=1)
    assert "Authorization" not in Site.asked[-1][2]
    assert Site.asked[-1][2]["X-Other"] == "y"


@pytest.mark.parametrize(("status", "method"), [(303, "GET"), (302, "GET"), (307, "POST")])
def test_what_was_posted_goes_on_only_where_it_should(site: str, status: int, method: str) -> None:
    fetch(f"{site}/to?{status}&/", method="POST", body=b"words", redirects=1)
    assert (Site.asked[-1][0], Site.asked[-1][3]) == (method, b"words" * (method == "POST"))


@pytest.mark.parametrize("path", ["large", "endless"])
def test_it_is_no_larger_than_it_may(site: str, path: str) -> None:
    assert code(f"{site}/{path}") == "too-large"


def test_nothing_is_unpacked(site: str) -> None:
    assert code(f"{site}/bomb") == "wrong-type"


@pytest.mark.parametrize("path", ["slow", "silent"])
def test_it_takes_no_longer_than_it_may(site: str, path: str) -> None:
    begun = time.monotonic()
    assert code(f"{site}/{path}", seconds=0.6) == "too-slow"
    assert time.monotonic() - begun < 2


def test_odd_answers_are_errors_of_ours(site: str) -> None:
    assert code(f"{site}/", types=["text/html"]) == "wrong-type"
    with pytest.raises(FetchError, match="JSON"):
        fetch(f"{site}/odd").json()
    port = site.rpartition(":")[2]
    assert code(f"https://127.0.0.1:{port}/", seconds=3) in {"unreachable", "too-slow"}


def test_loopback_is_for_tests_alone(site: str, settings: Any) -> None:
    settings.NEXUS_FETCH_LOOPBACK = False
    assert code(f"{site}/") == "forbidden"


@pytest.mark.parametrize("path", ["drip", "chunks"])
def test_a_host_that_drips_is_left_at_the_end_of_the_time(site: str, path: str) -> None:
    began = time.monotonic()
    assert code(f"{site}/{path}", seconds=1) == "too-slow"
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("where", ["http://[", "//[", "http://[::1"])
def test_a_redirect_to_no_address_is_refused(site: str, where: str) -> None:
    assert code(f"{site}/to?302&{where}", redirects=1) == "forbidden"


def test_json_that_is_too_deep_is_none(site: str) -> None:
    with pytest.raises(FetchError):
        fetch(f"{site}/deep").json()
