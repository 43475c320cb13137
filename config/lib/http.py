"""The one way in which this site asks another one for something.

Whoever may name an address could have us ask our own database, our router or a cloud's metadata
service (CWE-918). So a name is resolved once, every address it stands for must be a public one, and
the connection goes to the address that was looked at, whatever the name means a moment later.
Redirects are not followed unless asked for, and each is judged like the first address.
"""

import json
import socket
import time
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, NoReturn
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError, LocationParseError

from config.lib.deadlines import ended
from config.lib.networks import is_public

USER_AGENT = "Nexus (self-hosted music)"
BYTES_MOST = 1024 * 1024
SECONDS = 10.0
READ_AT_ONCE = 64 * 1024
URL_LONGEST = 2048
PORTS = {"http": 80, "https": 443}
MOVED = {301, 302, 303, 307, 308}
WITH_KEYS = {"authorization", "cookie", "proxy-authorization"}

# Resolving cannot be interrupted: so many may hang at once.
_resolvers = ThreadPoolExecutor(8, thread_name_prefix="resolve")


class FetchError(Exception):
    """Nothing was fetched: `code` for programs, and a sentence for people.

    `forbidden` (not an address we ask), `unreachable`, `too-slow`, `too-large`, `wrong-type`,
    `redirected`.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


@dataclass(frozen=True)
class Answer:
    """What another site has said. `url` is where it was said, after redirects."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def type(self) -> str:
        """Return the media type without its parameters, in small letters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def json(self) -> Any:
        """Return the body, read as JSON. Raises FetchError `wrong-type` where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise FetchError("wrong-type", "The answer is not JSON.") from None


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    bytes_most: int = BYTES_MOST,
    seconds: float = SECONDS,
    types: Collection[str] = (),
    redirects: int = 0,
    schemes: Collection[str] = PORTS,
    own: str = "",
) -> Answer:
    """Ask a public http or https address and return its answer, whatever its status.

    `seconds` are for everything together, `bytes_most` for the body, `types` the media types that
    are taken (all, if none is named), `redirects` how many are followed, `schemes` which addresses
    are asked, those of redirects too. `own`: an origin that the operator named in a setting; it
    alone may be a private address. Raises FetchError.
    """
    ends = time.monotonic() + seconds
    kept = {"user-agent": USER_AGENT, "accept-encoding": "identity"}
    kept |= {name.lower(): value for name, value in (headers or {}).items()}
    for _ in range(redirects + 1):
        if schemes is not PORTS and url.partition(":")[0].lower() not in schemes:
            _refuse("forbidden", f"Only {' and '.join(schemes)} addresses are asked.")
        answer = _ask(url, method, kept, body, bytes_most, ends, own)
        target = answer.headers.get("location")
        if answer.status not in MOVED or not target or not redirects:
            break
        there = _joined(url, target)
        if urlsplit(there)[:2] != urlsplit(url)[:2]:
            kept = {name: value for name, value in kept.items() if name not in WITH_KEYS}
        if answer.status in {301, 302, 303} and method not in {"GET", "HEAD"}:
            method, body = "GET", None
            kept.pop("content-type", None)
        url = there
    else:
        _refuse("redirected", "It leads from one address to another too often.")
    if types and answer.status < 300 and answer.type not in types:
        _refuse("wrong-type", f"It answered with {answer.type or 'something nameless'}.")
    return answer


def _joined(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError:
        _refuse("forbidden", "It leads to what is no address.")


def _ask(
    url: str,
    method: str,
    headers: dict[str, str],
    body: bytes | None,
    most: int,
    ends: float,
    own: str,
) -> Answer:
    parts, port = _parsed(url)
    host = parts.hostname or ""
    is_own = f"{parts.scheme}://{parts.netloc}" == own
    sent = headers | {"host": parts.netloc}
    pool: HTTPConnectionPool
    if settings.NEXUS_FETCH_DOUBLE and not _is_literal(host):
        pool = HTTPConnectionPool(*settings.NEXUS_FETCH_DOUBLE)
    elif parts.scheme == "https":
        address = _resolved(host, port, ends, is_own)
        pool = HTTPSConnectionPool(address, port, server_hostname=host, assert_hostname=host)
    else:
        pool = HTTPConnectionPool(_resolved(host, port, ends, is_own), port)
    pool.ConnectionCls = ended(pool.ConnectionCls, ends)  # type: ignore[assignment]
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with pool:
            answer = pool.urlopen(
                method,
                target,
                body=body,
                headers=sent,
                redirect=False,
                retries=False,
                preload_content=False,
                timeout=Timeout(connect=_left(ends), read=_left(ends)),
            )
            try:
                data = _read(answer, most, ends)
            finally:
                answer.close()
    except TimeoutError:
        _too_slow()
    except (HTTPError, OSError, ValueError, UnicodeError) as error:
        if "timed out" in str(error).lower() or time.monotonic() >= ends:
            _too_slow()
        raise FetchError("unreachable", "It does not answer.") from error
    return Answer(url, answer.status, {k.lower(): v for k, v in answer.headers.items()}, data)


def _is_literal(host: str) -> bool:
    try:
        return bool(ip_address(host.strip("[]")))
    except ValueError:
        return False


def _parsed(url: str) -> tuple[SplitResult, int]:
    """Return the parts of an address and its port. Raises FetchError `forbidden`."""
    sentence = "That is no address of a public page: it begins with https:// or http://."
    if len(url) > URL_LONGEST or any(sign <= " " or sign in '\\"<>^`{|}\x7f' for sign in url):
        _refuse("forbidden", sentence)
    try:
        parts = urlsplit(url)
        port = PORTS[parts.scheme] if parts.port is None else parts.port
        (parts.hostname or "").encode("ascii")
    except (ValueError, KeyError, LocationParseError):
        _refuse("forbidden", sentence)
    if not parts.hostname or "@" in parts.netloc or "%" in parts.netloc:
        _refuse("forbidden", sentence)
    if port < 1024 and port not in PORTS.values():  # 0 among them
        _refuse("forbidden", "Only the ports of the web are asked.")
    return parts, port


def _resolved(host: str, port: int, ends: float, is_own: bool) -> str:
    """Return one address of this name, all of which are public or our own. Raises FetchError."""
    try:
        job = _resolvers.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        found = job.result(_left(ends))
    except TookTooLong:
        _too_slow()
    except (OSError, UnicodeError):
        _refuse("unreachable", "There is no site of that name.")
    addresses = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not addresses or not (is_own or all(is_public(address) for address in addresses)):
        _refuse("forbidden", "That address is not on the public internet.")
    return str(addresses[0])


def _read(answer: Any, most: int, ends: float) -> bytes:
    """Return the body. A small file that unpacks into a large one is not unpacked at all."""
    if answer.headers.get("content-encoding", "identity").lower() != "identity":
        _refuse("wrong-type", "It answered in a packing that was not asked for.")
    if int(answer.headers.get("content-length") or 0) > most:
        _refuse("too-large", f"It is larger than {most} bytes.")
    data = bytearray()
    while True:
        _wait_at_most(answer, _left(ends))
        block = answer.read1(READ_AT_ONCE, decode_content=False)
        if not block:
            _left(ends)  # what was cut off at the end of its time is not whole
            return bytes(data)
        data += block
        if len(data) > most:
            _refuse("too-large", f"It is larger than {most} bytes.")


def _wait_at_most(answer: HTTPResponse, seconds: float) -> None:
    """Let the next read of the socket wait no longer than the time that is left."""
    connection = answer.connection
    if connection is not None and connection.sock is not None:
        connection.sock.settimeout(seconds)


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        _too_slow()
    return left


def _too_slow() -> NoReturn:
    raise FetchError("too-slow", "It takes too long to answer.")


def _refuse(code: str, sentence: str) -> NoReturn:
    raise FetchError(code, sentence)
