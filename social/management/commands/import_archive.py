"""manage.py import_archive ZIP --as HANDLE: takes in what "Your data" of a Nexus has given out."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.lib.origins import be_beside_running
from config.lib.problems import Problem
from config.lib.terminal import Bar
from social.exports.services.importing.bringing import Watcher, bring
from social.models import User
from tracks import attesting


class Command(BaseCommand):
    """Brings pieces, versions with their originals, stems, pictures, lists and notes.

    All of it is checked before anything is made. What is here already stays as it is, so running
    it again makes nothing twice, and goes on where it was broken off.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the archive, and whose it becomes."""
        parser.add_argument("archive", type=Path, metavar="ZIP")
        parser.add_argument("--as", dest="handle", required=True, metavar="HANDLE")
        parser.add_argument(
            "--from",
            dest="of",
            default="",
            metavar="HANDLE",
            help="whose archive it is, if another's",
        )
        parser.add_argument("--attested", action="store_true", help=f"say: {attesting.TEXT}")
        parser.add_argument("--dry", action="store_true", help="only say what would be made")

    def handle(
        self, *_args: Any, archive: Path, handle: str, of: str, dry: bool, **options: Any
    ) -> None:
        """Bring it, and say what was made, what was here, and what was not taken."""
        be_beside_running()
        name = handle.lstrip("@").lower()
        owner = User.objects.filter(handle=name, is_active=True).first()
        if owner is None:
            raise CommandError(f"Nobody is called {handle!r}.")
        whose = of.lstrip("@").lower()
        word = attesting.Word(attesting.COMMAND, given=options["attested"] or None)
        if not dry:
            self.stdout.write(f"What others may open: {attesting.SENTENCE}")
        try:
            with Bar(sys.stderr) as bar, attesting.said(word):
                report = bring(
                    path=archive, owner=owner, of=whose, dry=dry, watcher=Watcher(bar.show)
                )
        except (Problem, OSError) as error:
            raise CommandError(str(error)) from error
        if dry:
            self.stdout.write("Nothing was made: this only says what would be.")
        for line in report.lines() or ["There is nothing in this archive."]:
            self.stdout.write(line)
        self.stdout.write("Who may open each piece and list is as it was there.")
