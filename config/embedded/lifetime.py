"""Who uses the embedded services: the first one starts them, the last one stops them.

Every user holds a shared lock on one file for as long as it lives; the kernel lets go of it even
after `kill -9`. Starting, stopping and joining happen one at a time under a second lock. Whoever
leaves and then gets the first lock for itself alone was the last.
"""

import atexit
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from config.embedded import postgres, redis
from config.embedded.places import prepare_state

_membership: IO[bytes] | None = None
_member = 0


def ensure() -> None:
    """Make sure that the embedded services run until this process ends.

    Does nothing for a service whose URL the environment names. Raises EmbeddedError.
    """
    global _membership, _member
    if not os.environ.get("DATABASE_URL", "").strip():
        postgres.refuse_closed_state()
    prepare_state()
    if not _embedded() or (_membership and _member == os.getpid()):
        return
    with _turn():
        membership = _lock_file(".users")
        fcntl.flock(membership, fcntl.LOCK_SH)
        try:
            for service in _embedded():
                service[0]()
        except BaseException:
            membership.close()
            raise
    _membership, _member = membership, os.getpid()
    atexit.register(release)


def release() -> None:
    """Leave; stops the services when nobody else uses them."""
    global _membership
    if _membership is None or _member != os.getpid():
        return
    with _turn():
        try:
            fcntl.flock(_membership, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        else:
            for service in reversed(_embedded()):
                service[1]()
        finally:
            _membership.close()
            _membership = None


def is_well() -> bool:
    """Return True while every embedded service takes connections."""
    return all(service[2]() for service in _embedded())


def revive() -> None:
    """Start again a service that has died or got stuck; the supervisor asks for this regularly."""
    if not os.environ.get("DATABASE_URL", "").strip():
        postgres.end_if_stuck()
    if is_well():
        return
    with _turn():
        for service in _embedded():
            service[0]()


def _embedded() -> list[tuple[Callable[[], None], Callable[[], None], Callable[[], bool]]]:
    services = []
    if not os.environ.get("DATABASE_URL", "").strip():
        services.append((postgres.start, postgres.stop, postgres.is_running))
    if not os.environ.get("REDIS_URL", "").strip():
        services.append((redis.start, redis.stop, redis.is_running))
    return services


@contextmanager
def _turn() -> Iterator[None]:
    with _lock_file(".turn") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _lock_file(name: str) -> IO[bytes]:
    # 0600: whoever could open it could hold everybody up.
    return os.fdopen(os.open(prepare_state() / name, os.O_RDWR | os.O_CREAT, 0o600), "rb")
