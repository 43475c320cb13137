"""manage.py ledger: whether the books are as they were written; the books as text; two acts.

`verify` finds every touch, `export` writes the books for beancount, `close` publishes a batch of
what was given at once, `sent-back` writes down that a giver was sent what is to be given back.
"""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.lib.problems import Problem
from economics.books import checking, services
from economics.days import read_day
from economics.models import LedgerTransaction
from economics.money import told
from economics.proofs import services as proofs
from economics.unallocated import services as unallocated
from media_pipeline.sealing import services as sealing


class Command(BaseCommand):
    """Reads the ledger, and writes into it what the machine's owner says."""

    help = __doc__.partition("\n")[0]

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do, and until which day."""
        commands = parser.add_subparsers(dest="what", required=True)
        commands.add_parser("verify", help="find everything that is not as it was written")
        export = commands.add_parser("export", help="write it as plain text, for beancount")
        export.add_argument("--until", type=_day, metavar="DAY", help="of days until this one")

        commands.add_parser("close", help="publish what was given since the last batch")
        back = commands.add_parser("sent-back", help="a giver was sent what is to be given back")
        back.add_argument("contribution", type=UUID)
        back.add_argument("--reference", required=True, help="by which the bank knows it")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it; `verify` ends with 1 when something was found."""
        match options["what"]:
            case "export":
                for words in services.export(settings.SITE_NAME, options["until"]):
                    self.stdout.write(words, ending="")
            case "close":
                self.stdout.write(f"Published {proofs.close()} steps of contributions.")
            case "sent-back":
                self._sent_back(options["contribution"], options["reference"])
            case _:
                self._verify()

    def _sent_back(self, contribution: UUID, reference: str) -> None:
        try:
            amount = unallocated.sent_back(contribution, reference=reference)
        except Problem as refusal:
            raise CommandError(refusal.detail) from None
        self.stdout.write(f"{told(amount)} went back to its giver.")

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
