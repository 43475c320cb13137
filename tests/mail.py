"""A real SMTP server on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.sites import free_port, wait_until


class Postbox:
    """Keeps every message that arrives."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.port = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take one message."""
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 taken"

    def wait_for(self, number: int) -> EmailMessage:
        """Return the message that arrived as the `number`-th, counted from 1."""
        wait_until(lambda: len(self.messages) >= number)
        return self.messages[number - 1]

    @classmethod
    @contextmanager
    def open(cls) -> Iterator["Postbox"]:
        """Listen on a free port of this machine."""
        box = cls()
        box.port = free_port()
        server = Controller(box, hostname="127.0.0.1", port=box.port)
        server.start()
        try:
            yield box
        finally:
            server.stop()
