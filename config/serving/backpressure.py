"""daphne waits for slow readers.

daphne passes on what an application sends as fast as it comes, so a long file read by a slow phone
would wait in memory, whole. Here sending waits while the connection's buffer is full.
"""

import asyncio
from typing import Any

# daphne.server comes first: it chooses Twisted's reactor.
from daphne.server import Server  # isort: skip
from daphne.http_protocol import WebRequest


class PacedRequest(WebRequest):
    """A request that knows whether its client's buffer has room (Twisted's push producer)."""

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        self.room = asyncio.Event()
        self.room.set()

    def process(self) -> Any:
        """Begin to answer. daphne would take the site's path from the client (sockets included)."""
        self.requestHeaders.removeHeader(b"Daphne-Root-Path")
        return super().process()

    def handle_reply(self, message: dict[str, Any]) -> None:
        """Write one message; before the first, ask to be told when the buffer is full."""
        begins = message.get("type") == "http.response.start"
        if begins and not self.finished and self.channel is not None and self.producer is None:
            self.registerProducer(self, streaming=True)
        super().handle_reply(message)

    def finish(self) -> None:
        """End the answer. Nothing follows, and nobody would say any more that there is room."""
        if self.producer is not None:
            self.unregisterProducer()
        self.room.set()
        super().finish()

    def connectionLost(self, reason: Any) -> None:  # noqa: N802 - Twisted's name
        """Let nobody wait for a connection that is gone."""
        self.room.set()
        super().connectionLost(reason)

    def pauseProducing(self) -> None:  # noqa: N802 - Twisted's name
        """Take note: the buffer is full."""
        self.room.clear()

    def resumeProducing(self) -> None:  # noqa: N802 - Twisted's name
        """Take note: the buffer is empty."""
        self.room.set()

    def stopProducing(self) -> None:  # noqa: N802 - Twisted's name
        """Take note: nothing more is wanted."""
        self.room.set()


class PacedServer(Server):
    """A server whose applications are held up while their client has not read."""

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """Write one message, then wait for room."""
        await super().handle_reply(protocol, message)
        if isinstance(protocol, PacedRequest):
            await protocol.room.wait()
