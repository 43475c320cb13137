"""Test clients share one chain of middleware, as the requests of a process do.

Django loads it for each client anew, and WhiteNoise then reads all static files: 75 ms for every
first request of a test's. A test that changes a setting gets a chain of its own.
"""

from typing import Any

from django.core.handlers.base import BaseHandler
from django.core.signals import setting_changed

LOADED = ("_view_middleware", "_template_response_middleware", "_exception_middleware")
_load = BaseHandler.load_middleware
_chains: dict[tuple[type, bool], dict[str, Any]] = {}


def share_middleware() -> None:
    """Let handlers take over what the first one of their kind has loaded."""
    BaseHandler.load_middleware = _load_once  # type: ignore[assignment,method-assign]
    setting_changed.connect(lambda **_: _chains.clear(), weak=False)


def _load_once(handler: BaseHandler, is_async: bool = False) -> None:
    kind = (type(handler), is_async)
    if kind not in _chains:
        _load(handler, is_async)
        _chains[kind] = {name: vars(handler)[name] for name in (*LOADED, "_middleware_chain")}
    vars(handler).update(_chains[kind])
