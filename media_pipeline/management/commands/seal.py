"""manage.py seal verify: finds every byte that was changed in the sealed log."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from media_pipeline.models import Seal
from media_pipeline.sealing import services


class Command(BaseCommand):
    """Reads the whole log again and compares it with its seals."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do, and the last digest that somebody has kept."""
        parser.add_argument("what", choices=["verify", "close"])
        parser.add_argument("--expect", default="", help="a digest that this has told before")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what was found; ends with 1 when something was touched."""
        if options["what"] == "close":
            self.stdout.write(f"Sealed {services.close()} entries.")
        found = list(services.verify())
        for finding in found:
            self.stderr.write(f"Seal {finding.seal or '-'} {finding.sentence}")
        if not services.holds(options["expect"]):
            raise CommandError("The end of the log is missing: no seal has the digest you expect.")
        if found:
            raise CommandError(f"{len(found)} things are not as they were sealed.")
        self.stdout.write(
            f"{Seal.objects.count()} seals, nothing was touched. The last digest: "
            f"{services.head() or '(none yet)'}. Keep it elsewhere, and pass it to --expect."
        )
