"""manage.py serve: pages, API and live sockets from one daphne process."""

import gc
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.urls import get_resolver

from config.lib import env
from config.process import supervisor


def keep_what_is_loaded() -> None:
    """Load what answers requests, and let collections of garbage pass over it.

    It stays to the end; going through it took a fifth of a second in the middle of some request.
    """
    get_resolver().url_patterns  # noqa: B018 — the first request would load it
    gc.collect()
    gc.freeze()


class Command(BaseCommand):
    """One web process; refuses to serve while a migration is unapplied."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address from the options, else from HOST and PORT."""
        parser.add_argument("--host", default=env.text("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=env.number("PORT", 8000))

    def handle(self, *_args: Any, host: str, port: int, **_options: Any) -> None:
        """Serve until SIGTERM or SIGINT."""
        supervisor.die_with_parent()
        os.environ |= {"HOST": host, "PORT": str(port)}  # what a site without origins is seen at
        from config.asgi import application
        from config.serving.server import serve

        keep_what_is_loaded()
        serve(application, host=host, port=port)
