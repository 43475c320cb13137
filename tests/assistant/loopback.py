"""A server on this machine that is every provider, answers what is asked, and keeps every byte."""

import base64
import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

DIMENSIONS = 16
HEARD = {
    "task": "transcribe",
    "language": "english",
    "duration": 2.0,
    "text": "well then",
    "words": [{"word": "well", "start": 0.1, "end": 0.5}, {"word": "then", "start": 0.6, "end": 1}],
    "segments": [
        {"id": 0, "start": 0.1, "end": 1.0, "text": "well then", "avg_logprob": -0.1}
        | {"no_speech_prob": 0.01, "compression_ratio": 1.0, "temperature": 0.0, "tokens": []}
    ],
}


@dataclass
class Loopback:
    """Where it is, and what it was sent: paths, and everything of each request as bytes."""

    url: str = ""
    sent: list[tuple[str, bytes]] = field(default_factory=list)

    def of(self, path: str) -> list[bytes]:
        """Return what was sent to addresses that end so."""
        return [what for where, what in self.sent if where.endswith(path)]


@contextmanager
def listening() -> Iterator[Loopback]:
    """Let it listen on a free port."""
    found = Loopback()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(found))
    found.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


def _handler(found: Loopback) -> type[BaseHTTPRequestHandler]:
    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            found.sent.append((self.path, f"{self.path}\n{self.headers}".encode() + body))
            told = json.dumps(_answer(self.path, body)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *_words: Any) -> None:
            return

    return Ear


def _answer(path: str, body: bytes) -> dict[str, Any]:
    if path.endswith("/audio/transcriptions"):
        return HEARD
    asked = json.loads(body or b"{}")
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    words: dict[str, Any] = {"object": "list", "model": asked.get("model", ""), "usage": usage}
    if path.endswith("/embeddings"):
        texts = [asked["input"]] if isinstance(asked["input"], str) else asked["input"]
        vector: Any = [1.0] + [0.0] * (int(asked.get("dimensions") or DIMENSIONS) - 1)
        if asked.get("encoding_format") == "base64":
            vector = base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()
        rows = range(len(texts))
        return words | {"data": [{"index": n, "embedding": vector, "object": "x"} for n in rows]}
    said = {"role": "assistant", "content": json.dumps({"summary": "Somebody speaks."})}
    choice = {"index": 0, "message": said, "finish_reason": "stop"}
    return words | {"id": "1", "object": "chat.completion", "created": 1, "choices": [choice]}
