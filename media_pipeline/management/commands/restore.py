"""manage.py restore [TARGET]: a backup into an empty instance."""

import fcntl
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.lib.terminal import Bar
from media_pipeline.backups.errors import BackupError
from media_pipeline.backups.restoring import restore
from media_pipeline.backups.targets import ERRORS, open_target


class Command(BaseCommand):
    """Looks at everything first; a restore that was killed goes on when it is begun again."""

    help = __doc__
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the target and which backup."""
        parser.add_argument(
            "target", nargs="?", default="", help="a folder or s3://bucket/prefix; else the setting"
        )
        parser.add_argument("--backup", default="", metavar="NAME", help="else the newest")
        parser.add_argument(
            "--verify", action="store_true", help="hash every byte before and after, count all rows"
        )
        parser.add_argument(
            "--with-own-key", action="store_true", help="go on without the key that was left out"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Restore, and say what came of it."""
        try:
            with _no_site(), Bar(sys.stderr) as bar:
                result = restore(
                    open_target(options["target"]),
                    options["backup"],
                    verify=options["verify"],
                    show=bar.show,
                    with_own_key=options["with_own_key"],
                )
        except BackupError as error:
            raise CommandError(str(error)) from None
        except ERRORS as error:
            raise CommandError(f"The restore was broken off: {error}. Begin it again.") from error
        found = result.description
        self.stdout.write(
            f"{found.name} is here: {sum(found.rows.values())} rows, {result.files} files, "
            f"{result.bytes / 1e6:.1f} MB."
        )
        if result.words:
            self.stdout.write(result.words)
        for complaint in found.complaints:
            self.stderr.write(f"Was amiss at the backup already: {complaint}")
        if result.findings:
            raise CommandError("Not all is as it was:\n" + "\n".join(result.findings))
        if options["verify"]:
            self.stdout.write("All rows, seals and bytes are as they were.")


@contextmanager
def _no_site() -> Iterator[None]:
    """Keep the site from running on this state meanwhile; the lock is that of `manage.py up`."""
    lock = os.open(Path(settings.STATE_DIR) / ".site", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise CommandError("The site is running here. Stop it first.") from None
    finally:
        os.close(lock)
