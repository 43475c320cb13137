"""manage.py scheduler: calls each function of NEXUS_PERIODIC at its period."""

import logging
import signal
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.module_loading import import_string

from config import supervisor

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """The clock of the site; the functions see to it by a lock that one of many does the work."""

    help = __doc__
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Call each function once at the start and then at its period, until SIGTERM."""
        supervisor.die_with_parent()
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        due = dict.fromkeys(settings.NEXUS_PERIODIC, 0.0)
        while not stop.is_set():
            for name, period in settings.NEXUS_PERIODIC.items():
                if time.monotonic() >= due[name] and not stop.is_set():
                    call(name)
                    due[name] = time.monotonic() + period
            stop.wait(max(0.05, min(due.values(), default=60.0) - time.monotonic()))


def call(name: str) -> None:
    """Call the function with this dotted name; its failure is logged and stops nothing else."""
    try:
        import_string(name)()
    except Exception:
        logger.exception("%s failed; it is called again at its next time.", name)
    finally:
        close_old_connections()
