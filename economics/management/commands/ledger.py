"""manage.py ledger verify|export: whether the books are as they were written; the books as text."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from economics.books import checking, services
from economics.days import read_day
from economics.models import LedgerTransaction
from media_pipeline.sealing import services as sealing


class Command(BaseCommand):
    """Reads the ledger; it changes nothing in it."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do, and until which day."""
        commands = parser.add_subparsers(dest="what", required=True)
        commands.add_parser("verify", help="find everything that is not as it was written")
        export = commands.add_parser("export", help="write it as plain text, for beancount")
        export.add_argument("--until", type=_day, metavar="DAY", help="of days until this one")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it; `verify` ends with 1 when something was found."""
        if options["what"] == "export":
            for words in services.export(settings.SITE_NAME, options["until"]):
                self.stdout.write(words, ending="")
        else:
            self._verify()

    def _verify(self) -> None:
        count = 0
        for finding in checking.verify():
            self.stderr.write(f"{finding.where} {finding.sentence}")
            count += 1
        if count:
            raise CommandError(f"{count} things are not as they were written.")
        self.stdout.write(
            f"{LedgerTransaction.objects.count()} transactions, each sums to zero and is as it was "
            f"sealed. The last digest of the sealed log: {sealing.head() or '(none yet)'}."
        )


def _day(words: str) -> date:
    found = read_day(words)
    if found is None:
        raise ArgumentTypeError("Write a day as 2026-11-30.")
    return found
