"""Empty all pipes of a running process with one selector, and watch what it uses meanwhile."""

import os
import selectors
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

TICK_S = 0.5
READ_BYTES = 1 << 20
STDERR_KEPT = 64 << 10
EXIT_GRACE_S = 5.0  # from the last pipe's end to the exit


class Watch:
    """The guard over one process: clock, progress, memory and the caller's own wish to stop."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        wall_s: float,
        stall_s: float,
        resident: int,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        self.process = process
        self.started = self.last_bytes = time.monotonic()
        self.peak_rss = 0
        self.stderr = bytearray()
        self._wall_s, self._stall_s, self._resident = wall_s, stall_s, resident
        self._should_stop = should_stop

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    @property
    def stderr_tail(self) -> str:
        return self.stderr.decode(errors="replace").replace("\0", "")

    def keep(self, text: bytes) -> None:
        self.stderr += text
        del self.stderr[:-STDERR_KEPT]

    def verdict(self) -> str | None:
        """Why the process must end now, or None."""
        self.peak_rss = max(self.peak_rss, _resident_bytes(self.process.pid))
        if self._should_stop is not None and self._should_stop():
            return "stopped"
        if self.peak_rss > self._resident:
            return "memory"
        if self.seconds > self._wall_s:
            return "too-slow"
        if time.monotonic() - self.last_bytes > self._stall_s:
            return "stalled"
        return None


def drain(pipes: Mapping[int, Callable[[bytes], object]], stderr: int, watch: Watch) -> str | None:
    """Read every pipe to its end and wait for the exit; the reason why it must be killed, or None.

    Only bytes on the pipes count as progress: FFmpeg can talk on stderr and yet stand still.
    """
    with selectors.DefaultSelector() as selector:
        for fd, callback in pipes.items():
            selector.register(fd, selectors.EVENT_READ, callback)
        selector.register(stderr, selectors.EVENT_READ, watch.keep)
        next_tick = time.monotonic()
        while selector.get_map():
            for key, _ in selector.select(TICK_S):
                data = os.read(key.fd, READ_BYTES)
                if data:
                    key.data(data)
                else:
                    selector.unregister(key.fd)
                if key.fd != stderr:
                    watch.last_bytes = time.monotonic()
            if time.monotonic() >= next_tick:
                if verdict := watch.verdict():
                    return verdict
                next_tick = time.monotonic() + TICK_S
    try:
        watch.process.wait(EXIT_GRACE_S)
    except subprocess.TimeoutExpired:
        return "stalled"
    return None


def _resident_bytes(pid: int) -> int:
    """The peak resident memory of a process and its children, 0 where there is no /proc."""
    proc = Path("/proc") / str(pid)
    try:
        status = (proc / "status").read_text()
        children = (proc / "task" / str(pid) / "children").read_text().split()
    except OSError:
        return 0
    line = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(line.split()[1]) * 1024 + sum(_resident_bytes(int(child)) for child in children)
