"""Connections that end when their time is over."""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any


def ended(kind: Any, ends: float) -> Callable[..., Any]:
    """Return what makes connections of this kind that end when their time is over.

    A socket's own timeout begins anew with each byte, so a host that drips would hold us for hours.
    """

    def make(*args: Any, **words: Any) -> Any:
        connection = kind(*args, **words)
        connect, close = connection.connect, connection.close
        watch = threading.Timer(max(0.0, ends - time.monotonic()), _hang_up, [connection])
        watch.daemon = True

        def connect_and_watch() -> None:
            connect()
            watch.start()

        def close_and_rest() -> None:
            watch.cancel()
            close()

        connection.connect, connection.close = connect_and_watch, close_and_rest
        return connection

    return make


def _hang_up(connection: Any) -> None:
    if sock := connection.sock:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
