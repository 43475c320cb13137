"""manage.py worker NAME: one process that does one job at a time."""

import signal
import threading
import time
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand

from assistant.meaning import asking
from config.process import startup, supervisor
from media_pipeline.jobs.services import running, worker
from media_pipeline.jobs.services.kinds import WORKERS
from media_pipeline.jobs.services.leases import stopping

STOP_SECONDS = 5.0
TIMEKEEPER = "general"  # its name: this worker keeps the time of the site as well


class Command(BaseCommand):
    """A worker: `fast` (first sound), `slow` (pictures and films, then extras) or `general`.

    One process with one thread for its work: a `kill -9` of it is the crash of exactly one job.
    """

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the name of the worker."""
        parser.add_argument("name", choices=WORKERS)

    def handle(self, *_args: Any, name: str, **_options: Any) -> None:
        """Work until SIGTERM or SIGINT; a job under way is interrupted and handed back."""
        supervisor.die_with_parent()
        startup.refuse_half_restored()
        if name != TIMEKEEPER:
            running.warm_up()
        working = threading.Thread(target=worker.work, args=[WORKERS[name]], daemon=True)
        working.start()
        if name == TIMEKEEPER:
            threading.Thread(target=worker.keep_time, daemon=True).start()
            threading.Thread(target=asking.answer_all, args=[stopping], daemon=True).start()
        with suppress(KeyboardInterrupt, SystemExit):  # manage.py turns SIGTERM into the latter
            while working.is_alive() and not supervisor.is_orphan():
                time.sleep(1)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # heard; it may come more than once
        worker.stop(working, STOP_SECONDS)
