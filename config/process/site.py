"""What `manage.py up` becomes once everything is prepared: a supervisor without Django.

It stays for as long as the site runs, and Django alone would make it three times as heavy.
"""

import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

from django.conf import settings  # the names alone: no app, no model, no setting of the site

from config import embedded
from config.process.revival import reviver
from config.process.supervisor import Child, Supervisor, say

WORD = "tend"  # of manage.py
SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
HEAD_START = 1.5  # seconds of the web process, before workers start


class Plan(TypedDict):
    """What the supervisor has to know; it travels as JSON on its command line."""

    root: str
    state: str
    host: str
    port: int
    fast_workers: int
    disk_reserve_bytes: int
    reload: bool


def become(plan: Plan) -> None:
    """Replace this process by the supervisor; who asked us to end meanwhile is heard by it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    program = str(Path(plan["root"]) / "manage.py")
    os.execv(sys.executable, [sys.executable, program, WORD, json.dumps(plan)])  # noqa: S606 - no shell


def main(words: str) -> None:
    """Run the site that `words`, a Plan, describes; returns after everything has ended in order."""
    plan: Plan = json.loads(words)
    settings.configure(
        STATE_DIR=Path(plan["state"]), NEXUS_DISK_RESERVE_BYTES=plan["disk_reserve_bytes"]
    )
    supervisor = Supervisor(children(plan))
    supervisor.listen()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    embedded.ensure()
    supervisor.chores += [reviver(), announcement(plan)]
    if plan["reload"]:
        from config.process.reload import Watcher

        supervisor.chores.append(Watcher(Path(plan["root"]), supervisor.restart).look)
    well = supervisor.run()
    say("stopped.")
    if not well:
        sys.exit(1)


def children(plan: Plan) -> list[Child]:
    """Return the processes of the site, the one that takes requests first."""
    program = [sys.executable, str(Path(plan["root"]) / "manage.py")]
    # The processors are for the web first: somebody waits for a page, nobody yet for a worker.
    return [
        Child("web", [*program, "serve", "--host", plan["host"], "--port", str(plan["port"])]),
        *(
            Child(f"worker fast {number}", [*program, "worker", "fast"], delay=HEAD_START)
            for number in range(1, plan["fast_workers"] + 1)
        ),
        Child("worker slow", [*program, "worker", "slow"], nice=10, delay=HEAD_START),
        Child("worker general", [*program, "worker", "general"], nice=5, delay=HEAD_START),
    ]


def announcement(plan: Plan) -> Callable[[], None]:
    """Return a chore that prints where the site is, once it answers."""
    done = False
    host, port = plan["host"], plan["port"]
    shown = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - compared, not bound

    def announce() -> None:
        nonlocal done
        if done:
            return
        try:
            socket.create_connection((shown, port), timeout=0.5).close()
        except OSError:
            return
        done = True
        say(f"serving at http://{f'[{shown}]' if ':' in shown else shown}:{port}/")
        say(f"everything it keeps is in {plan['state']}. Ctrl-C stops it.")

    return announce
