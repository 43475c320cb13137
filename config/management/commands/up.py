"""manage.py up: the whole site in the foreground, until Ctrl-C."""

import fcntl
import os
import secrets
import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config import embedded
from config.assets import build
from config.lib import env, origins
from config.process import roles, site, startup
from config.process.supervisor import say

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
        """Prepare the site, and become its supervisor: this does not return."""
        only_one_site()
        startup.refuse_half_restored()
        free_port(host, port)
        if startup.unapplied():
            call_command("migrate", interactive=False, verbosity=0)
        try:
            roles.settle()
        except roles.Refused as refusal:
            raise CommandError(str(refusal)) from None
        startup.refuse_other_money()
        if not settings.DEBUG:
            build.refresh()
        if password := first_administrator():
            say(f"administrator: {ADMINISTRATOR}   password: {password}   (shown only now)")
        os.environ |= {"HOST": host, "PORT": str(port)}  # for the children: where the site is seen
        origins.remember_running(host, port)
        site.become(
            {
                "root": str(settings.BASE_DIR),
                "state": str(settings.STATE_DIR),
                "host": host,
                "port": port,
                "fast_workers": settings.NEXUS_FAST_WORKERS,
                "disk_reserve_bytes": settings.NEXUS_DISK_RESERVE_BYTES,
                "reload": reload,
            }
        )


def only_one_site() -> None:
    """Hold the lock of this state folder for as long as this process lives."""
    place = embedded.state_dir() / ".site"
    lock = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(lock, True)  # by what this process becomes; the site's own close it
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
