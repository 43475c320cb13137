"""Other sites and a name server, on this machine: what people put there, and what they answer."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

HTML = "text/html; charset=utf-8"


@dataclass
class Places:
    """Pages by host and path (`example.org/a`): status, type, body, where it leads; and records."""

    pages: dict[str, tuple[int, str, bytes, str]] = field(default_factory=dict)
    records: dict[str, list[list[str]]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    is_mute: bool = False

    def put(self, place: str, body: str | bytes, kind: str = HTML, status: int = 200) -> None:
        """Put a page somewhere."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[place] = status, kind, data, ""

    def lead(self, place: str, there: str) -> None:
        """Let a place lead to another."""
        self.pages[place] = 302, HTML, b"", there


@contextmanager
def standing(settings: Any) -> Iterator[Places]:
    """Let these places stand for the internet while a test runs."""
    places = Places()
    web = ThreadingHTTPServer(("127.0.0.1", 0), _handler(places))
    names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    names.bind(("127.0.0.1", 0))
    web.daemon_threads = True
    threading.Thread(target=web.serve_forever, daemon=True).start()
    threading.Thread(target=_serve_names, args=[names, places], daemon=True).start()
    settings.NEXUS_FETCH_DOUBLE = ("127.0.0.1", web.server_port)
    settings.NEXUS_RESOLVERS = [f"127.0.0.1:{names.getsockname()[1]}"]
    try:
        yield places
    finally:
        web.shutdown()
        web.server_close()
        names.close()


def _handler(places: Places) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = f"{self.headers['Host']}{self.path}"
            places.asked.append((place, {k.lower(): v for k, v in self.headers.items()}))
            status, kind, body, there = places.pages.get(place, (404, HTML, b"No", ""))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if there:
                self.send_header("Location", there)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None: ...

    return Handler


def _serve_names(names: socket.socket, places: Places) -> None:
    while True:
        try:
            data, whence = names.recvfrom(4096)
        except OSError:
            return
        if not places.is_mute:
            names.sendto(_answer(dns.message.from_wire(data), places), whence)


def _answer(asked: Any, places: Places) -> bytes:
    said = dns.message.make_response(asked)
    said.flags |= dns.flags.RA
    question = asked.question[0]
    found = places.records.get(question.name.to_text(omit_final_dot=True))
    if found is None:
        said.set_rcode(dns.rcode.NXDOMAIN)
    else:
        words = [" ".join(f'"{part}"' for part in record) for record in found]
        said.answer.append(dns.rrset.from_text(question.name, 60, "IN", "TXT", *words))
    wire: bytes = said.to_wire()
    return wire
