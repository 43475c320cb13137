"""manage.py up: the whole site in the foreground, until Ctrl-C."""

import fcntl
import os
import secrets
import socket
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config import embedded
from config.assets import build
from config.lib import env
from config.process import startup
from config.process.reload import Watcher
from config.process.revival import reviver
from config.process.supervisor import Child, Supervisor, say

ADMINISTRATOR = "admin"


class Command(BaseCommand):
    """Migrates, collects static files, then runs web and workers as one."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address from the options, else from HOST and PORT."""
        parser.add_argument("--host", default=env.text("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=env.number("PORT", 8000))
        parser.add_argument("--reload", action="store_true", help="restart when code changes")

    def handle(self, *_args: Any, host: str, port: int, reload: bool, **_options: Any) -> None:
        """Run the site; returns after everything has ended in order."""
        only_one_site()
        free_port(host, port)
        if startup.unapplied():
            call_command("migrate", interactive=False, verbosity=0)
        if not settings.DEBUG:
            build.refresh()
        password = first_administrator()
        os.environ |= {"HOST": host, "PORT": str(port)}  # for the children: where the site is seen
        supervisor = Supervisor(children(host, port))
        supervisor.chores += [reviver(), announcement(host, port, password)]
        if reload:
            supervisor.chores.append(Watcher(settings.BASE_DIR, supervisor.restart).look)
        well = supervisor.run()
        say("stopped.")
        if not well:
            sys.exit(1)


def children(host: str, port: int) -> list[Child]:
    """Return the processes of the site, the one that takes requests first."""

    def command(*words: str) -> list[str]:
        return [sys.executable, str(settings.BASE_DIR / "manage.py"), *words]

    # The processors are for the web first: somebody waits for a page, nobody yet for a worker.
    later = time.monotonic() + 1.5
    return [
        Child("web", command("serve", "--host", host, "--port", str(port))),
        *(
            Child(f"worker fast {number}", command("worker", "fast"), due=later)
            for number in range(1, settings.NEXUS_FAST_WORKERS + 1)
        ),
        Child("worker slow", command("worker", "slow"), nice=10, due=later),
        Child("worker general", command("worker", "general"), nice=5, due=later),
    ]


def only_one_site() -> None:
    """Hold the lock of this state folder for as long as this process lives."""
    place = embedded.state_dir() / ".site"
    lock = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CommandError(
            f"A site is running already with its state in {place.parent}. "
            "Stop it, or give this one another folder: NEXUS_VAR=/some/folder PORT=8001 make run"
        ) from None


def free_port(host: str, port: int) -> None:
    """Raise CommandError with what to do when nobody could listen at this address."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise CommandError(
                f"Nexus cannot listen on {host} port {port}: {error.strerror}. "
                f"Choose another port: PORT={port + 1} make run"
            ) from None


def first_administrator() -> str | None:
    """Make the administrator of a new site; returns the password, or None when there is one."""
    users = get_user_model().objects
    if users.filter(is_superuser=True).exists():
        return None
    password = secrets.token_urlsafe(12)
    users.create_superuser(ADMINISTRATOR, password=password)
    return password


def announcement(host: str, port: int, password: str | None) -> Callable[[], None]:
    """Return a chore that, once the site answers, prints where it is and how to sign in."""
    done = False
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
        if password:
            say(f"administrator: {ADMINISTRATOR}   password: {password}   (shown only now)")
        say(f"everything it keeps is in {settings.STATE_DIR}. Ctrl-C stops it.")

    return announce
