"""What a request may not say about the site: dropped at both doors, before anything looks.

Servers, Django and libraries turn some headers into trust: who was asked for, by which scheme,
below which path, with which method. None of that is the client's to say. Two are left, each
believed only by setting: X-Forwarded-For (NEXUS_PROXIES) and X-Forwarded-Proto (NEXUS_SECURE).
docker/nginx takes the same list away once more.
"""

from collections.abc import Callable, Iterable
from typing import Any

from channels.security.websocket import WebsocketDenier
from django.conf import settings

NOT_THE_CLIENTS = (
    "daphne-root-path",
    "forwarded",
    "front-end-https",
    "path-info",
    "script-name",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-prefix",
    "x-forwarded-protocol",
    "x-forwarded-scheme",
    "x-forwarded-server",
    "x-forwarded-ssl",
    "x-host",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-original-host",
    "x-original-uri",
    "x-original-url",
    "x-rewrite-url",
    "x-script-name",
    "x-url-scheme",
)
_IN_ASGI = frozenset(name.encode() for name in NOT_THE_CLIENTS)
_IN_WSGI = tuple(f"HTTP_{name.upper().replace('-', '_')}" for name in NOT_THE_CLIENTS)

StartResponse = Callable[..., Any]


class AsgiDoor:
    """Lets requests and sockets in without what their client says about the site."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        """Hand on one request or socket."""
        own = scope | {"root_path": ""}
        own["headers"] = [each for each in scope.get("headers", []) if each[0] not in _IN_ASGI]
        if scope["type"] == "websocket":
            # Routes of sockets are told below the prefix; elsewhere there is none.
            prefix = settings.NEXUS_PREFIX
            inside = not prefix or scope["path"].startswith(f"{prefix}/")
            own["path"] = scope["path"].removeprefix(prefix) if inside else "/"
            if b"%00" in scope.get("query_string", b""):  # nothing of ours has a NUL
                return await WebsocketDenier()(own, receive, send)
        return await self.app(own, receive, send)


class WsgiDoor:
    """The same for WSGI servers."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Hand on one request."""
        for name in _IN_WSGI:
            environ.pop(name, None)
        # gunicorn takes SCRIPT_NAME from whom it trusts, and cuts it off the path.
        environ["PATH_INFO"] = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
        environ["SCRIPT_NAME"] = ""
        if settings.SECURE_PROXY_SSL_HEADER is None:  # gunicorn has read the scheme from a header
            environ["wsgi.url_scheme"] = "http"
        return self.app(environ, start_response)
