"""manage.py upload FILE|FOLDER… --as HANDLE: the way of every upload, without a browser."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from config.lib.origins import be_beside_running, home
from config.lib.problems import Problem
from config.lib.terminal import Bar
from media_pipeline.uploads.limits_api import TYPES
from media_pipeline.uploads.services.sending import send
from tracks.models import Track
from tracks.uploads.services import CompletedUpload, UploadTarget, complete

ENDINGS = {ending for kind in TYPES for ending in kind["extensions"]}


class Command(BaseCommand):
    """Uploads files, or all the music in folders, and prints where each track is.

    What was broken off goes on when the same file is named again.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files and what they are to become."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="FILE|FOLDER")
        parser.add_argument("--as", dest="handle", required=True, metavar="HANDLE")
        parser.add_argument("--title", help="of a single file; else the file's name")
        parser.add_argument(
            "--visibility", choices=Track.Visibility.values, default=Track.Visibility.PRIVATE
        )

    def handle(self, *_args: Any, paths: list[Path], handle: str, **options: Any) -> None:
        """Send one file after the other; those that are refused do not hold up the rest."""
        be_beside_running()
        owner = get_user_model().objects.filter(handle=handle.lstrip("@").lower()).first()
        if owner is None:
            raise CommandError(f"Nobody is called {handle!r}.")
        files = list(_files(paths))
        if options["title"] and len(files) > 1:
            raise CommandError("One title cannot name several files.")
        target = UploadTarget(title=options["title"] or "", visibility=options["visibility"])
        refused = 0
        for path in files:
            try:
                completed = self._upload(owner, path, target)
            except (Problem, OSError) as error:
                refused += 1
                self.stderr.write(f"{path.name}: {error}")
            else:
                track = completed.track
                self.stdout.write(f"{track.title}: {home()}{track.get_absolute_url()}")
        if refused:
            raise CommandError(f"{refused} of {len(files)} files were not uploaded.")

    def _upload(self, owner: Any, path: Path, target: UploadTarget) -> CompletedUpload:
        with Bar(sys.stderr) as bar:
            upload, etags = send(
                owner=owner,
                path=path,
                on_part=lambda done, size: bar.show(path.name, done, size),
            )
        return complete(upload=upload, by=owner, etags=etags, target=target)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield files as they are named, and those in folders that look like music."""
    for path in paths:
        if not path.exists():
            raise CommandError(f"There is no {path}.")
        if path.is_dir():
            yield from sorted(
                found
                for found in path.rglob("*")
                if found.is_file() and found.suffix.lower().lstrip(".") in ENDINGS
            )
        else:
            yield path
