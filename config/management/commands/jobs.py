"""manage.py jobs [--json]: what waits, runs and has failed, by kind."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from media_pipeline.jobs.presenters import overview

COLUMNS = "{:18} {:8} {:>8} {:>8} {:>8} {:>8} {:>8}"


class Command(BaseCommand):
    """Show how each kind of work stands; the oldest is the age of what waits longest."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how to write it."""
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *_args: Any, json: bool, **_options: Any) -> None:
        """Write one line for each kind."""
        rows = overview()
        if json:
            self.stdout.write(_as_json(rows))
            return
        head = ("KIND", "WORKERS", "WAITING", "OLDEST", "PLANNED", "RUNNING", "FAILED")
        self.stdout.write(COLUMNS.format(*head))
        for row in rows:
            oldest = row["oldest_seconds"]
            age = "" if oldest is None else f"{oldest} s"
            counts = (row["waiting"], age, row["planned"], row["running"], row["failed"])
            self.stdout.write(COLUMNS.format(row["kind"], row["queue"], *counts))


def _as_json(rows: Any) -> str:
    return json.dumps(rows, default=lambda moment: moment.isoformat(), indent=2)
