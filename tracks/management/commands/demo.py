"""manage.py demo [FOLDER]: fill the site with a few pieces, through the same pipeline."""

import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from config.lib.problems import Problem
from media_pipeline.models import Job
from tracks.demo import filling
from tracks.demo.pieces import Piece
from tracks.models import Track

PATIENCE_SECONDS = 4  # a running site has taken up the first job by then
POLL_SECONDS = 0.5


class Command(BaseCommand):
    """Real pieces from FOLDER or NEXUS_DEMO_DATA, else a few that are rendered on the spot.

    Calling it again adds nothing.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", nargs="?", type=Path)
        parser.add_argument("--no-wait", action="store_true", help="do not wait for the music")

    def handle(self, *_args: Any, folder: Path | None, no_wait: bool, **_options: Any) -> None:
        """Upload, then wait until everything can be heard."""
        if folder is not None and not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        try:
            found = filling.fill(folder or filling.folder_from_environment(), self._report)
        except Problem as refusal:
            raise CommandError(refusal.detail) from None
        if not no_wait:
            self._wait([*found.added, *found.there])
        count = len(found.added)
        self.stdout.write(f"Pieces added: {count}." if count else "Nothing new to add.")

    def _report(self, piece: Piece, is_new: bool) -> None:
        state = "is sent" if is_new else "is here already"
        self.stdout.write(f"{piece.title} — {piece.artist}: {state}")

    def _wait(self, tracks: list[Track]) -> None:
        """Show how far the jobs are; where no site is running, do the work here."""
        jobs = Job.objects.filter(asset__media__version__track__in=tracks, kind=Job.Kind.PROCESS)
        given_up, shown, worker = time.monotonic() + PATIENCE_SECONDS, "", None
        try:
            while waiting := jobs.filter(state__in=[Job.State.PENDING, Job.State.RUNNING]).count():
                line = f"Preparing: {len(tracks) - waiting} of {len(tracks)} are ready."
                if line != shown:
                    shown = line
                    self.stdout.write(line)
                if worker and worker.poll() is not None:
                    raise CommandError("The worker ended. Start the site: it goes on by itself.")
                if worker is None and time.monotonic() > given_up and not _is_worked_on(jobs):
                    worker = _begin_worker()
                time.sleep(POLL_SECONDS)
        finally:
            if worker:
                worker.terminate()
                worker.wait()
        for job in jobs.filter(state__in=[Job.State.FAILED, Job.State.QUARANTINED]):
            self.stderr.write(f"{job.file.filename}: {job.error}")


def _is_worked_on(jobs: QuerySet[Job]) -> bool:
    return jobs.exclude(started_at=None).exists()


def _begin_worker() -> subprocess.Popen[bytes]:
    program = [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker", "fast"]
    return subprocess.Popen(program, stdin=subprocess.DEVNULL)
