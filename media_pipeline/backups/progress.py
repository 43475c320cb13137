"""How far a run is: on its row, to who watches, and on the terminal."""

import time
from collections.abc import Callable
from typing import Any

from django.db.models.functions import Now

from config.lib import live
from media_pipeline.backups.errors import BackupError
from media_pipeline.models import Backup

GROUP = "backups"
WRITE_SECONDS = 1.0
Show = Callable[[str, int, int], None]


def nobody(_stage: str, _done: int, _total: int) -> None:
    """Show nothing."""


class Progress:
    """Tells of a run, and asks whether to go on: `pause` raises where the work has to stop."""

    def __init__(
        self, run: Backup, *, show: Show = nobody, pause: Callable[[], None] = lambda: None
    ) -> None:
        self.run, self.show, self.pause = run, show, pause
        self.written = 0.0

    def stage(self, name: str, total: int = 0) -> None:
        """Begin a stage of so many bytes."""
        self.run.stage, self.run.done, self.run.total = name, 0, total
        self.written = 0.0
        self.beat()

    def advance(self, size: int) -> None:
        """Say that so many bytes more are done."""
        self.run.done += size
        self.beat()

    def beat(self) -> None:
        """Give a sign of life. Raises BackupError where the run is somebody else's by now."""
        self.show(self.run.stage, self.run.done, self.run.total)
        if time.monotonic() - self.written < WRITE_SECONDS:
            return
        self.written = time.monotonic()
        rows = Backup.objects.filter(pk=self.run.pk, state=Backup.State.RUNNING)
        words = {"stage": self.run.stage, "done": self.run.done, "total": self.run.total}
        if not rows.update(heartbeat_at=Now(), **words):
            raise BackupError("Another run has taken over: this one gave no sign of life.")
        tell()
        self.pause()


def end(run: Backup, state: str, *, error: str = "", **counts: Any) -> None:
    """Write down how a run ended."""
    rows = Backup.objects.filter(pk=run.pk, state=Backup.State.RUNNING)
    rows.update(state=state, error=error, counts=run.counts | counts, stage="", finished_at=Now())
    tell()


def tell() -> None:
    """Let who watches look again."""
    live.announce(GROUP, "backups.changed")
