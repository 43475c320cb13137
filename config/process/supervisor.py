"""Keeps the processes of the site running, and stops them in order.

It knows nothing of Django. Each child is a process group of its own, so that Ctrl-C reaches only
the supervisor, which asks the children to end (SIGTERM: a worker hands its job back). A child that
dies is started again, more and more slowly while it keeps dying. Should the supervisor itself be
killed, the kernel tells each child (`die_with_parent`), and none is left over.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

PARENT = "NEXUS_SUPERVISOR"
PR_SET_PDEATHSIG = 1
SHORTEST_DELAY, LONGEST_DELAY = 0.5, 30.0  # seconds before a dead child is started again
LOOK_SECONDS = 0.2  # between two looks at the children
HEALTHY_SECONDS = 20  # a child that lived this long is forgiven its earlier deaths
HEAD_START_SECONDS = 1  # of the first child, when the site ends
HOPELESS_DEATHS = 5  # the site gives up when its first child has died so often in a row


@dataclass
class Child:
    """One process of the site. In seconds: `grace` to end, `delay` before its first start."""

    name: str
    argv: Sequence[str]
    nice: int = 0
    grace: float = 6.0
    process: subprocess.Popen[bytes] | None = None
    delay: float = 0.0
    started: float = 0.0
    due: float = 0.0
    deaths: int = 0

    def start(self) -> None:
        """Start the process."""
        argv = ["nice", "-n", str(self.nice), *self.argv] if self.nice else list(self.argv)
        self.process = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            process_group=0,
            env=os.environ | {PARENT: str(os.getpid())},
        )
        self.started = time.monotonic()

    def tend(self) -> None:
        """Start the process when it is due; notice when it has died."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.deaths = 1 if now - self.started > HEALTHY_SECONDS else self.deaths + 1
        delay = min(SHORTEST_DELAY * 2 ** (self.deaths - 1), LONGEST_DELAY)
        say(f"{self.name} ended ({_ending(code)}); it starts again in {delay:g} s.")
        self.process, self.due = None, now + delay

    def is_alive(self) -> bool:
        """Return True while the process runs."""
        return self.process is not None and self.process.poll() is None

    def ask_to_end(self) -> None:
        """Send SIGTERM."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def wait_for_end(self, deadline: float) -> None:
        """Wait until `deadline` (monotonic seconds), then kill the whole group."""
        if self.process is None:
            return
        while (left := deadline - time.monotonic()) > 0 and self.process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(min(left, 1.0))
            # Again: Python drops what a signal raises while, say, it tidies up after an import.
            self.ask_to_end()
        if self.process.poll() is None:
            say(f"{self.name} did not end in time and was killed.")
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None


class Supervisor:
    """Runs `children` until SIGINT, SIGTERM or SIGHUP; ends the first of them before the others.

    The `chores` are called about once a second.
    """

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = children
        self.chores: list[Callable[[], None]] = []
        self._stopping = False

    def run(self) -> bool:
        """Start everything, tend it, and return when all has ended: False when it was hopeless."""
        self.listen()
        looked = 0.0
        for child in self.children:
            child.due = time.monotonic() + child.delay
        try:
            while not self._stopping:
                for child in self.children:
                    child.tend()
                if self.children[0].deaths >= HOPELESS_DEATHS:
                    say(f"{self.children[0].name} does not stay alive; see above for the reason.")
                    return False
                if time.monotonic() - looked >= 1:
                    for chore in self.chores:
                        chore()
                    looked = time.monotonic()
                time.sleep(LOOK_SECONDS)
            return True
        finally:
            self.end(self.children)

    def listen(self) -> None:
        """Take SIGINT, SIGTERM and SIGHUP as the wish to end; one before `run` ends it at once."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def restart(self) -> None:
        """End all children; they are started again at once."""
        self.end(self.children)
        for child in self.children:
            child.due = 0.0

    def end(self, children: Sequence[Child]) -> None:
        """End the first child a little before the others: no new request finds a missing worker."""
        started = time.monotonic()
        children[0].ask_to_end()
        while children[0].is_alive() and time.monotonic() - started < HEAD_START_SECONDS:
            time.sleep(0.05)
        for child in children[1:]:
            child.ask_to_end()
        for child in children:
            child.wait_for_end(started + child.grace)

    def _on_signal(self, number: int, _frame: object) -> None:
        if self._stopping and number == signal.SIGINT:  # a second Ctrl-C: at once, please
            for child in self.children:
                child.grace = 0.0
        self._stopping = True


def die_with_parent() -> None:
    """Called by a child first thing: SIGTERM comes when the supervisor is gone, even by kill -9."""
    parent = os.environ.get(PARENT)
    if not parent or not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if is_orphan():  # it died before we asked
        sys.exit(143)


def is_orphan() -> bool:
    """Return True for a child whose supervisor is gone, should the signal have been missed."""
    parent = os.environ.get(PARENT)
    return parent is not None and os.getppid() != int(parent)


def say(sentence: str) -> None:
    """Print one line for the person at the terminal."""
    with suppress(OSError):  # a terminal that is gone, or a log on a full disk, ends no site
        print(f"nexus: {sentence}", flush=True)  # noqa: T201 - the terminal is this module's page


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"code {code}"
