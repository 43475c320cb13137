"""daphne with limits: a body is refused as soon as its headers are in.

daphne itself reads any body to its end, onto the disk, before a view runs. Here the length decides
first: 1 MiB in general, on the address of a part exactly the size that was signed, and nothing
without a length. What is refused is answered at once and never stored.
"""

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any

# This comes first: daphne.server chooses Twisted's reactor.
from config.serving.backpressure import PacedRequest, PacedServer  # isort: skip
from daphne.endpoints import build_endpoint_description_strings
from daphne.http_protocol import HTTPFactory
from django.conf import settings

from config.lib.outages import RETRY_SECONDS, outage_of
from config.lib.problems import CONTENT_TYPE, Problem
from config.serving.slow_clients import TimedChannel
from media_pipeline.storage import part_addresses

MIB = 1024 * 1024
BODY_MOST_BYTES = 1 * MIB
COVER_MOST_BYTES = 20 * MIB + 64 * 1024  # and what a form puts around it
# The two addresses that take a picture: of the API, and of the form in a page.
COVER = re.compile(
    rf"{re.escape(settings.NEXUS_PREFIX)}"
    r"(?:/api/v1/(?:tracks|releases)/[0-9a-f-]{36}/cover/|/covers/[a-z]+/[0-9a-f-]{36}/)(?:\?|$)"
)
SPOOL_CHUNK_BYTES = 256 * 1024  # daphne's own 8 KiB cost a third of a part's processor time
# After a restart everybody's pages come back at once and are let in one after the other.
HANDSHAKE_SECONDS = 60
LINGER_SECONDS = 2.0  # what a refused client has for reading its answer

PHRASES = {400: "Bad Request", 403: "Forbidden", 411: "Length Required", 413: "Content Too Large"}


def refusal(method: str, target: str, length: int | None) -> Problem | None:
    """Return why a body of `length` bytes may not be sent to `target`; None when it may.

    `target` is path and query as they were sent; a `length` of None is a chunked body.
    """
    if not (method.isascii() and target.isascii()):  # RFC 9112, section 3; daphne takes no other
        return Problem("bad-request", "An address is written in ASCII.")
    if method == "PUT" and target.startswith(f"{settings.NEXUS_PREFIX}/u/"):
        return _refused_part(target, length)
    if length is None:
        return Problem(
            "length-required",
            "Send the length of the body (Content-Length); chunked bodies are not taken.",
            status=411,
        )
    most = COVER_MOST_BYTES if COVER.match(target) else BODY_MOST_BYTES
    return _too_large(most) if length > most else None


def _refused_part(target: str, length: int | None) -> Problem | None:
    path, _, query = target.partition("?")
    try:
        part_addresses.check_size(part_addresses.verify(path, query), length)
    except Problem as problem:
        return problem
    return None


def _too_large(most: int) -> Problem:
    sentence = f"At most {most} bytes are taken here."
    return Problem("body-too-large", sentence, status=413, limit_bytes=most)


class GuardedRequest(PacedRequest):
    """A request whose body is looked at before it is read."""

    refused = False
    no_room: Problem | None = None
    content: Any  # what was received so far: in memory, or in a file of the spool

    def gotLength(self, length: int | None) -> None:  # noqa: N802 - Twisted's name
        """Answer at once when the body is not wanted; Twisted calls this when headers are in."""
        method = self.channel._command.decode("latin-1")
        target = self.channel._path.decode("latin-1")
        problem = refusal(method, target, length)
        if problem is not None:
            self._refuse(problem)
            return
        with self._spooling():
            super().gotLength(length)

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        """Take a piece of the body; what came with the head of a refused one is dropped."""
        if not self.refused and self.no_room is None:
            with self._spooling():
                super().handleContentChunk(data)

    def requestReceived(self, *words: bytes) -> None:  # noqa: N802 - Twisted's name
        """Hand a whole request to the application, unless it has its answer already."""
        if self.refused:
            return
        with self._spooling():
            self.content.flush()
        super().requestReceived(*words)

    def connectionLost(self, reason: Any) -> None:  # noqa: N802 - Twisted's name
        """Let go of what was spooled first: on a full disk closing it is an error of its own."""
        with suppress(OSError):
            if self.content is not None:
                self.content.close()
        super().connectionLost(reason)

    def process(self) -> Any:
        """Let the application answer; a body that found no room has its answer here."""
        if self.no_room is None:
            return super().process()
        headers = [(name.encode(), text.encode()) for name, text in _headers(self.no_room).items()]
        self.handle_reply(
            {"type": "http.response.start", "status": self.no_room.status, "headers": headers}
        )
        self.handle_reply({"type": "http.response.body", "body": _body(self.no_room)})
        return None

    @contextmanager
    def _spooling(self) -> Iterator[None]:
        """Take note of a full disk and free what was spooled.

        The rest of the body is read and dropped, since an answer in the middle of it would be lost
        on many a client: it is read at the end, and the connection stays.
        """
        try:
            yield
        except OSError as error:
            self.no_room = outage_of(error)
            if self.no_room is None:
                raise
            spooled, self.content = self.content, BytesIO()
            with suppress(OSError):  # it tries once more to write what it holds
                if spooled is not None:
                    spooled.close()

    def _refuse(self, problem: Problem) -> None:
        self.refused = True
        self.content = BytesIO()
        self.requestHeaders.removeHeader(b"Expect")  # or Twisted would ask for the body
        self.channel.persistent = 0
        transport = self.channel.transport
        transport.write(_answer(problem))
        transport.loseWriteConnection()
        transport.pauseProducing()  # not closed yet: a reset could overtake the answer
        self.channel.callLater(LINGER_SECONDS, transport.abortConnection)


def _answer(problem: Problem) -> bytes:
    fields = _headers(problem) | {"Connection": "close"}
    head = [f"HTTP/1.1 {problem.status} {PHRASES[problem.status]}"]
    head += [f"{name}: {text}" for name, text in fields.items()]
    return "\r\n".join([*head, "", ""]).encode() + _body(problem)


def _headers(problem: Problem) -> dict[str, str]:
    headers = {
        "Content-Type": CONTENT_TYPE,
        "Content-Length": str(len(_body(problem))),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return headers | ({"Retry-After": str(RETRY_SECONDS)} if problem.status >= 500 else {})


def _body(problem: Problem) -> bytes:
    return json.dumps(problem.body()).encode()


class GuardedFactory(HTTPFactory):
    """Makes the requests of one server guarded ones."""

    protocol = TimedChannel

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802 - Twisted's name
        """Return the protocol of one connection."""
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = GuardedRequest
        return protocol


class GuardedServer(PacedServer):
    """daphne's server over guarded requests."""

    @property
    def http_factory(self) -> GuardedFactory:
        """The factory of all connections; daphne's own is turned away."""
        return self._guarded

    @http_factory.setter
    def http_factory(self, _theirs: HTTPFactory) -> None:
        self._guarded = GuardedFactory(self)


def serve(application: Any, *, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT. Bodies under way are spooled on the storage's own disk."""
    spool = Path(settings.FILE_UPLOAD_TEMP_DIR)
    spool.mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = str(spool)
    GuardedServer(
        application,
        endpoints=build_endpoint_description_strings(host=host, port=port),
        request_buffer_size=SPOOL_CHUNK_BYTES,
        server_name="nexus",
        websocket_connect_timeout=HANDSHAKE_SECONDS,
        websocket_handshake_timeout=HANDSHAKE_SECONDS,
        verbosity=0,
    ).run()
