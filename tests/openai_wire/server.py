"""A server on this machine that speaks OpenAI's wire, rightly or in every wrong way.

It hears bursts: each is one word, `beep`, at its time. Its vectors are of the words of a text. It
remembers what it was sent. It is held to what the real `openai` client accepts by the tests of the
wire (tests/assistant/providers).
"""

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.openai_wire.answers import Request, answer, error

KEY = "sk-of-the-tests-0123456789"
# Ways in which it goes wrong; the one of a request is the next of `ways`, else right.
WAYS = (
    *(
        "right",
        "lists",
        "busy",
        "busy-until",
        "failing",
        "broken",
        "half",
        "empty",
        "huge",
        "drips",
    ),
    *("drips", "silent", "elsewhere", "fewer", "doubled", "short", "nan", "zero", "cut", "odd"),
    *("no-times", "no-words", "no-json", "refused", "strange-times", "echo"),
)


@dataclass
class OpenAIServer:
    """The server: `url` as an operator sets it, what it was sent, and how it will answer."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    ways: deque[str] = field(default_factory=deque)
    key: str = KEY
    writes: str = '{"answer": "A song about the sea."}'
    let_go: threading.Event = field(default_factory=threading.Event)

    def goes(self, *ways: str) -> None:
        """Answer the next requests in these ways, one each."""
        assert set(ways) <= set(WAYS)
        self.ways.extend(ways)

    @property
    def words(self) -> bytes:
        """Return everything that it was ever sent."""
        return b"\n".join(each.body for each in self.requests)


@contextmanager
def speaking() -> Iterator[OpenAIServer]:
    """Let it answer while the block runs."""
    server = OpenAIServer()
    web = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    web.daemon_threads = True
    threading.Thread(target=web.serve_forever, args=[0.05], daemon=True).start()
    server.url = f"http://127.0.0.1:{web.server_port}/v1"
    try:
        yield server
    finally:
        server.let_go.set()
        web.shutdown()
        web.server_close()


def _read(handler: BaseHTTPRequestHandler) -> Request:
    body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
    kind = handler.headers.get("Content-Type", "")
    words: dict[str, Any] = {}
    if kind.startswith("application/json"):
        words["json"] = json.loads(body)
    elif kind.startswith("multipart/form-data"):
        head = f"Content-Type: {kind}\r\n\r\n".encode()
        fields = []
        for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts():  # type: ignore[attr-defined]
            name = part.get_param("name", header="content-disposition")
            if (file_name := part.get_filename()) is not None:
                words |= {"file": part.get_payload(decode=True), "file_name": file_name}
            else:
                fields.append((name, part.get_payload(decode=True).decode()))
        words["fields"] = tuple(fields)
    return Request(handler.command, handler.path, handler.headers, body, **words)


def _handler(server: OpenAIServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            request = _read(self)
            server.requests.append(request)
            way = server.ways.popleft() if server.ways else "right"
            with suppress(OSError):  # whoever asked has hung up
                if request.headers.get("Authorization") != f"Bearer {server.key}":
                    self._say(error(f"Incorrect API key: {request.headers['Authorization']}"), 401)
                elif not self._goes_wrong(way, request):
                    status, said = answer(request, way, server.writes)
                    self._say(said, status)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_args: Any) -> None: ...

        def _goes_wrong(self, way: str, request: Request) -> bool:
            match way:
                case "busy":
                    self._say(error("Rate limit"), 429, Retry_After="17")
                case "busy-until":
                    self._say(error("Rate limit"), 429, Retry_After="Fri, 01 Jan 2100 00:00:00 GMT")
                case "failing":
                    self._say(error("Overloaded"), 503)
                case "refused":
                    self._say(error("Not like that"), 400)
                case "echo":
                    self._say(error(request.body.decode("latin-1") + server.key), 500)
                case "elsewhere":
                    self._say({}, 302, Location="http://127.0.0.1:9/elsewhere")
                case "broken":
                    self._send(b"<html>Bad gateway</html>", 200)
                case "empty":
                    self._send(b"", 200)
                case "huge":
                    self._send(b'{"data": "' + b"x" * (40 << 20) + b'"}', 200)
                case "half":
                    whole = json.dumps(answer(request, way, server.writes)[1]).encode()
                    self._head(200, len(whole))
                    self.wfile.write(whole[: len(whole) // 2])
                    self.close_connection = True
                case "silent":
                    server.let_go.wait(20)
                    self.close_connection = True
                case "drips":
                    self._head(200, 100_000)
                    while not server.let_go.wait(0.05):
                        self.wfile.write(b" ")
                        self.wfile.flush()
                    self.close_connection = True
                case _:
                    return False
            return True

        def _say(self, said: Any, status: int = 200, **headers: str) -> None:
            self._send(json.dumps(said).encode(), status, **headers)

        def _send(self, data: bytes, status: int, **headers: str) -> None:
            self._head(status, len(data), **headers)
            self.wfile.write(data)

        def _head(self, status: int, length: int, **headers: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(length))
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()

    return Handler
