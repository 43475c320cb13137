"""How the archives somebody has had made stand."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from media_pipeline.models import Job
from social.exports.selectors import LISTED, exports_of, jobs_of
from social.models import Export, User

WAITING, MAKING, READY, FAILED = STATES = ("waiting", "making", "ready", "failed")
STAGES = {
    "rows": "Your data is written down.",
    "files": "Your originals are packed.",
    "checking": "The archive is checked.",
    "storing": "The archive is put in its place.",
}
PUT_ASIDE = "This archive could not be made. Try once more."


@dataclass(frozen=True)
class Line:
    """One archive: its state, how far it is in percent, and what is to be said of it."""

    export: Export
    state: str
    percent: int = 0
    words: str = ""

    @property
    def is_live(self) -> bool:
        """Tell whether it is being made, or waits for it."""
        return self.state in {WAITING, MAKING}

    @property
    def url(self) -> str:
        """Return where it is fetched; empty before it is ready."""
        return reverse("export-download", args=[self.export.pk]) if self.state == READY else ""

    def told(self) -> dict[str, Any]:
        """Return what an open page is told of it."""
        words = {"state": self.state, "percent": self.percent, "words": self.words}
        return {"id": str(self.export.pk)} | words


def lines_of(person: User) -> list[Line]:
    """Return this person's archives, the newest first; two queries."""
    exports = list(exports_of(person)[:LISTED])
    jobs = jobs_of([export for export in exports if not export.key])
    return [line_of(export, jobs.get(str(export.pk))) for export in exports]


def line_of(export: Export, job: Job | None) -> Line:
    """Return how one archive stands, by the job that makes it."""
    if export.key:
        return Line(export, READY, 100)
    if job is None or job.can_retry:
        return Line(export, FAILED, words=(job.error if job else "") or PUT_ASIDE)
    if job.state == Job.State.PENDING:
        return Line(export, WAITING, words=job.error or "It waits for its turn.")
    return Line(export, MAKING, job.progress, STAGES.get(job.stage, "It begins."))
