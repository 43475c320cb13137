"""manage.py retention [--dry] [--json]: forgets what is kept for a time only, now."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from media_pipeline.retention import services


class Command(BaseCommand):
    """Carries out every rule, as the clock does once a day; says how many rows each removed."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to do it, and how to write it."""
        parser.add_argument("--dry", action="store_true", help="only count what would go")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write one line for each rule; ends with 1 when one could not be carried out."""
        found = services.carry_out_all(dry=options["dry"])
        if options["json"]:
            self.stdout.write(json.dumps([asdict(one) for one in found], indent=2))
        else:
            for one in found:
                more = "" if one.is_done else f"  {one.error or 'and more, the next time'}"
                self.stdout.write(f"{one.rule:24} {one.removed:>8}{more}")
        if failed := [one.rule for one in found if one.error]:
            raise CommandError(f"Not carried out, see the log: {', '.join(failed)}.")
