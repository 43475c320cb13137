"""manage.py upload FILE|FOLDER… --as HANDLE: the way of every upload, without a browser."""

import re
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from config.lib.origins import be_beside_running, home
from config.lib.problems import Problem
from config.lib.terminal import Bar
from media_pipeline.uploads.limits_api import TYPES
from media_pipeline.uploads.services.sending import send
from tracks import attesting
from tracks.collections.services import LONGEST as MOST
from tracks.covers import services as covers
from tracks.models import Release, Track
from tracks.releases.services import drafts
from tracks.uploads.services import CompletedUpload, UploadTarget, complete, on_release

COVER = re.compile(r"(?:cover|folder|front)\b.*\.(?:jpe?g|png|webp)\Z", re.I)
Also = Callable[[Any], object]
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
            "--release",
            action="store_true",
            help="make the draft of a release of each folder, from the tags of its files",
        )
        parser.add_argument(
            "--visibility", choices=Track.Visibility.values, default=Track.Visibility.PRIVATE
        )
        parser.add_argument("--attested", action="store_true", help=f"say: {attesting.TEXT}")

    def handle(self, *_args: Any, paths: list[Path], handle: str, **options: Any) -> None:
        """Send one file after the other; those that are refused do not hold up the rest."""
        be_beside_running()
        owner = get_user_model().objects.filter(handle=handle.lstrip("@").lower()).first()
        if owner is None:
            raise CommandError(f"Nobody is called {handle!r}.")
        if options["release"]:
            self._releases(owner, paths)
            return
        files = list(_files(paths))
        if options["title"] and len(files) > 1:
            raise CommandError("One title cannot name several files.")
        target = UploadTarget(title=options["title"] or "", visibility=options["visibility"])
        word = attesting.Word(attesting.COMMAND, given=options["attested"] or None)
        refused = 0
        for path in files:
            try:
                with attesting.said(word):
                    completed = self._upload(owner, path, target)
            except (Problem, OSError) as error:
                refused += 1
                self.stderr.write(f"{path.name}: {error}")
            else:
                track = completed.track
                self.stdout.write(f"{track.title}: {home()}{track.get_absolute_url()}")
        if refused:
            raise CommandError(f"{refused} of {len(files)} files were not uploaded.")

    def _releases(self, owner: Any, folders: Iterable[Path]) -> None:
        """Draft a release of each folder; what is refused of it does not hold up the rest."""
        refused = 0
        for folder in folders:
            if not folder.is_dir():
                raise CommandError(f"{folder} is no folder.")
            files = list(_files([folder]))
            if not files:
                raise CommandError(f"There is no music in {folder}.")
            release = drafts.begin(owner=owner, title=folder.resolve().name)
            for path in files[:MOST]:
                also = on_release(release, str(path.relative_to(folder.parent)))
                try:
                    self._upload(owner, path, UploadTarget(), also)
                except (Problem, OSError) as error:
                    refused += 1
                    self.stderr.write(f"{path.name}: {error}")
            if len(files) > MOST:
                refused += len(files) - MOST
                self.stderr.write(f"A release has at most {MOST} tracks; the rest was left out.")
            self._cover(release, folder)
            address = reverse("release-edit", args=[release.slug])
            self.stdout.write(f"{release.title}: {home()}{address}")
        if refused:
            raise CommandError(f"{refused} files were not uploaded.")

    def _cover(self, release: Release, folder: Path) -> None:
        found = sorted(path for path in folder.rglob("*") if COVER.match(path.name))
        for path in found[:1]:
            try:
                data = path.read_bytes()
                covers.put(thing=release, data=data, by=release.owner, filename=path.name)
            except (Problem, OSError) as error:
                self.stderr.write(f"{path.name}: {error}")

    def _upload(
        self, owner: Any, path: Path, target: UploadTarget, also: Also | None = None
    ) -> CompletedUpload:
        with Bar(sys.stderr) as bar:
            upload, etags = send(
                owner=owner,
                path=path,
                on_part=lambda done, size: bar.show(path.name, done, size),
            )
        also = also or on_release(None, "")
        return complete(upload=upload, by=owner, etags=etags, target=target, also=also)


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
