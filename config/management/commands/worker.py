"""manage.py worker KIND: one process, one thread, one job at a time."""

import signal
import time
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

import dramatiq
from django.core.management.base import BaseCommand
from django.utils.module_loading import autodiscover_modules

from config.process import supervisor
from media_pipeline.jobs.services.leases import stopping
from media_pipeline.jobs.services.running import warm_up

STOP_MILLISECONDS = 5000
# From each of its queues a worker takes one message at a time, and of these the actor with the
# lowest `priority` first.
QUEUES = {"fast": {"fast"}, "slow": {"slow", "visual"}}
IDLE_MILLISECONDS = 100  # an idle worker asks Redis so often: somebody waits for the first sound


class Command(BaseCommand):
    """A worker of one kind: `fast` (first sound) or `slow` (pictures and films, then extras).

    dramatiq's own launcher forks and puts a log pipe between; with one thread a process of our own
    is simpler, and a `kill -9` of it is the crash of exactly one job.
    """

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the kind of worker."""
        parser.add_argument("kind", choices=QUEUES)

    def handle(self, *_args: Any, kind: str, **_options: Any) -> None:
        """Work until SIGTERM or SIGINT; a job under way is interrupted and handed back."""
        supervisor.die_with_parent()
        autodiscover_modules("actors")
        warm_up()
        worker = dramatiq.Worker(
            dramatiq.get_broker(),
            queues=QUEUES[kind],
            worker_threads=1,
            worker_timeout=IDLE_MILLISECONDS,
        )
        worker.queue_prefetch = 1  # a message waits in Redis, not behind a long job in here
        worker.start()
        with suppress(KeyboardInterrupt, SystemExit):  # manage.py turns SIGTERM into the latter
            while not supervisor.is_orphan():
                time.sleep(1)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # heard; it may come more than once
        stopping.set()
        worker.stop(timeout=STOP_MILLISECONDS)
