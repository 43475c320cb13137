"""Ending a PostgreSQL that takes connections and answers none, for ever.

Seen once in twenty times with PostgreSQL 18.4 on a full disk: after a crash the process that
recovers ends at the very moment at which recovery begins, its end is missed, and the postmaster
waits for it, room or no room. A server at work has a child that recovers or one that writes the
log; for moments it may have neither, for long only when it is stuck.
"""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

STUCK_SECONDS = 10.0
QUIT_SECONDS = 7.0  # PostgreSQL itself kills after five what does not end
AT_WORK = (b"postgres: startup", b"postgres: walwriter")


class Watch:
    """Looks at one server again and again."""

    def __init__(self) -> None:
        self._since: float | None = None

    def is_stuck(self, pid: int | None) -> bool:
        """Tell whether the server of this number has had nobody at work for STUCK_SECONDS."""
        if pid is None or _is_at_work(pid):
            self._since = None
            return False
        self._since = self._since or time.monotonic()
        return time.monotonic() - self._since >= STUCK_SECONDS

    def end(self, pid: int) -> None:
        """End the server as a power cut would: what is committed is in its log."""
        self._since = None
        for number, patience in ((signal.SIGQUIT, QUIT_SECONDS), (signal.SIGKILL, QUIT_SECONDS)):
            with suppress(ProcessLookupError):
                os.kill(pid, number)
            deadline = time.monotonic() + patience
            while _is_alive(pid) and time.monotonic() < deadline:
                time.sleep(0.05)


def _is_at_work(pid: int) -> bool:
    """Tell whether a child recovers or writes the log; True where that cannot be seen."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return True
    return any(_title(child).startswith(AT_WORK) for child in children)


def _title(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _is_alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
