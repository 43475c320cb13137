"""manage.py backup [TARGET]: everything to a folder or a bucket, while the site goes on."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.lib.terminal import Bar
from media_pipeline.backups import drills, services
from media_pipeline.backups.errors import BackupError
from media_pipeline.backups.targets import Target, open_target
from media_pipeline.models import Backup


class Command(BaseCommand):
    """Copies what the target lacks, then keeps one moment of the rows; older backups go."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the target, and what else is wanted of it."""
        parser.add_argument(
            "target", nargs="?", default="", help="a folder or s3://bucket/prefix; else the setting"
        )
        parser.add_argument(
            "--without-key", action="store_true", help="leave the secret key out: keep it yourself"
        )
        parser.add_argument("--keep", type=int, help="how many backups stay (NEXUS_BACKUP_KEEP)")
        parser.add_argument(
            "--drill",
            nargs="?",
            const="",
            metavar="NAME",
            help="restore the newest, or this one, beside the site, and throw it away",
        )
        parser.add_argument(
            "--anew", action="store_true", help="begin again where all earlier ones are gone"
        )
        parser.add_argument("--list", action="store_true", help="say which backups there are")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what is asked for, and say what came of it."""
        try:
            target = open_target(options["target"])
            if options["list"]:
                self._list(target)
            elif options["drill"] is not None:
                self._drill(target, options["drill"])
            else:
                self._make(target, options)
        except BackupError as error:
            raise CommandError(str(error)) from None

    def _make(self, target: Target, options: dict[str, Any]) -> None:
        keep = options["keep"]
        if keep is not None and keep < 1:
            raise CommandError("At least one backup has to stay: --keep 1.")
        run = services.begin(Backup.Kind.BACKUP, target)
        with Bar(sys.stderr) as bar:
            found = services.make(
                run,
                target,
                with_keys=not options["without_key"],
                keep=keep,
                anew=options["anew"],
                show=bar.show,
            )
        self.stdout.write(
            f"{found.name}: {sum(found.rows.values())} rows, {found.files} files, "
            f"{found.bytes / 1e6:.1f} MB, in {target}"
        )
        if options["without_key"]:
            self.stdout.write("The secret key was left out. Without it nobody can restore it all.")
        else:
            self.stdout.write("It holds the secret key: whoever has it has the site.")
        for complaint in found.complaints:
            self.stderr.write(f"Amiss: {complaint}")

    def _drill(self, target: Target, name: str) -> None:
        run = services.begin(Backup.Kind.DRILL, target, name or drills.newest_name(target))
        with Bar(sys.stderr) as bar:
            found = drills.drill(run, target, show=bar.show)
        self.stdout.write(
            f"{found.name} was restored beside the site and is whole: "
            f"{sum(found.rows.values())} rows, {found.files} files."
        )

    def _list(self, target: Target) -> None:
        whole = target.backups()
        for found in whole:
            rows = sum(found.rows.values())
            self.stdout.write(
                f"{found.name}  {rows} rows  {found.files} files  {found.bytes / 1e6:.1f} MB"
            )
        named = {found.name for found in whole}
        for name in target.names():
            if name not in named:
                self.stdout.write(f"{name}  broken, or of a newer Nexus")
        if not target.names():
            self.stdout.write(f"There is no backup in {target}.")
