"""A browser's sockets at the site's own door; tests that use them use the fixture `door`."""

from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import channel_layers
from channels.testing import WebsocketCommunicator
from django.test import Client

SITE, ELSEWHERE = b"http://testserver", b"https://elsewhere.example"


def socket(path: str, client: Client | None = None, origin: bytes = SITE) -> Any:
    """Return a socket that a page of `origin` opens, with the cookies of this client."""
    from config.asgi import application

    cookies = "; ".join(f"{c.key}={c.value}" for c in client.cookies.values()) if client else ""
    headers = [(b"host", b"testserver"), (b"origin", origin), (b"cookie", cookies.encode())]
    return WebsocketCommunicator(application, path, headers)


def signed_in(user: Any) -> Client:
    """Return the browser of this person."""
    client = Client()
    client.force_login(user)
    return client


def drive(story: Callable[[], Awaitable[None]]) -> None:
    """Run the story in a loop of its own, with a channel layer that belongs to no other loop."""

    async def told() -> None:
        channel_layers.backends.clear()
        await story()

    async_to_sync(told)()
    channel_layers.backends.clear()
