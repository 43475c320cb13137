"""Sockets are opened by pages of this site alone: scheme, host and port are all compared.

A browser sends its cookies along whoever opens a socket, and no CORS asks before (RFC 6455, 10.2).
Whoever sends no Origin is refused too; programs have the API.
"""

from typing import Any

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import validate_host

from config.lib import origins


class OwnOriginOnly:
    """An ASGI application that pages of other sites do not reach."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        """Hand on a socket of one of our pages, and deny any other."""
        if is_own(scope):
            return await self.app(scope, receive, send)
        return await WebsocketDenier()(scope, receive, send)


def is_own(scope: dict[str, Any]) -> bool:
    """Tell whether a handshake comes from a page of the very site that it goes to."""
    given = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
    if len(given) != 1 or not origins.is_origin(given[0].lower()):
        return False
    origin = _canonical(given[0])
    return origin in {_canonical(each) for each in (*origins.all_origins(), *_asked(scope))}


def _asked(scope: dict[str, Any]) -> list[str]:
    """Return the origin of the page that this handshake would belong to, by its own Host."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    host = headers.get(b"host", "")
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    if not validate_host(name.lower(), settings.ALLOWED_HOSTS):
        return []
    secure = scope.get("scheme", "ws") in {"wss", "https"}
    if settings.SECURE_PROXY_SSL_HEADER:
        header, value = settings.SECURE_PROXY_SSL_HEADER
        header = header.removeprefix("HTTP_").replace("_", "-").lower()
        secure = headers.get(header.encode()) == value
    return [f"{'https' if secure else 'http'}://{host}"]


def _canonical(origin: str) -> str:
    """Return an origin as browsers write it: small letters, no port where it is the scheme's."""
    scheme, _, place = origin.lower().partition("://")
    usual = {"http": ":80", "https": ":443"}.get(scheme, "")
    return f"{scheme}://{place.removesuffix(usual) if usual else place}"
