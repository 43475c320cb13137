"""manage.py scheduler: calls each function of NEXUS_PERIODIC at its period."""

import logging
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.module_loading import import_string

from config.process import supervisor

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """The clock of the site; the functions see to it by a lock that one of many does the work."""

    help = __doc__
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Call each function once at the start and then at its period, until SIGTERM."""
        supervisor.die_with_parent()
        due = dict.fromkeys(settings.NEXUS_PERIODIC, 0.0)
        while (
            not supervisor.is_orphan()
        ):  # SIGTERM ends it, also in the middle of a call: its transaction is rolled back
            for name, period in settings.NEXUS_PERIODIC.items():
                if time.monotonic() >= due[name]:
                    call(name)
                    due[name] = time.monotonic() + period
            time.sleep(1)


def call(name: str) -> None:
    """Call the function with this dotted name; its failure is logged and stops nothing else."""
    try:
        import_string(name)()
    except Exception:
        logger.exception("%s failed; it is called again at its next time.", name)
    finally:
        close_old_connections()
