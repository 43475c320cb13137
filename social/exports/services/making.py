"""The job that makes an archive: in the work folder first, and offered when it is whole.

Killed at any point it begins anew: what lies in the work folder is swept, and the storage shows a
file whole or not at all.
"""

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from config.lib.kept import SECTIONS
from config.lib.origins import home
from config.lib.problems import Problem
from media_pipeline import faults
from media_pipeline.assets.services.originals import sha256_of
from media_pipeline.events.services import OWNER, tell
from media_pipeline.ffmpeg import Stopped
from media_pipeline.free_space import require_room_to_make
from media_pipeline.jobs.errors import Permanent
from media_pipeline.jobs.services import ending
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import Job
from media_pipeline.processing.services.workspace import workspace
from media_pipeline.storage import get_storage
from social.events import EXPORT_READY
from social.exports.services.beginning import key_of, replace_older, tell_watchers
from social.exports.services.zipping import FORMAT, MISSING, README, VERSION, ArchiveWriter
from social.models import Export, User

TELL_EVERY = 0.5  # seconds
ROWS, FILES, CHECKING, STORING = "rows", "files", "checking", "storing"
BEGINS = {ROWS: 0, FILES: 5, CHECKING: 85, STORING: 92}  # percent, with which each stage begins
NO_ROOM = "This site has not room enough for your archive now. Ask its administrator, or try later."


class Original(NamedTuple):
    """A file to be packed."""

    path: str
    key: str
    size: int


def make(lease: Lease) -> None:
    """Make the archive the job is about; one that was made, or is wanted no more, stays so."""
    rows = Export.objects.select_related("user").filter(pk=lease.job.subject_id, key="")
    export = rows.first()
    if export is None:
        return
    progress = _Progress(lease, export.user_id)
    originals, missing = _originals(export.user)
    progress.total = sum(one.size for one in originals)
    try:
        require_room_to_make(progress.total)
    except Problem as refusal:
        raise Permanent("no-room", NO_ROOM) from refusal
    with workspace(lease) as place:
        draft = place.folder / "archive.zip"
        _write(draft, export, originals, missing, progress)
        faults.point("export:written")
        progress.stage(CHECKING)
        size, sha256 = draft.stat().st_size, sha256_of(draft, lease.should_stop)
        progress.stage(STORING)
        get_storage().write_file(key_of(export), draft, content_type="application/zip")
    faults.point("export:stored")
    _offer(lease, export, size, sha256)


def gave_up(job: Job) -> None:
    """Remove what was stored and never offered; tell who waits."""
    export = Export.objects.filter(pk=job.subject_id, key="").first()
    if export:
        transaction.on_commit(lambda: get_storage().delete(key_of(export)))
        tell_watchers(export.user_id)


def filename_of(export: Export) -> str:
    """Return under which name people keep the archive."""
    day = timezone.localdate(export.ready_at or export.created_at)
    return f"nexus-{export.user.handle}-{day.isoformat()}.zip"


def _originals(person: User) -> tuple[list[Original], list[str]]:
    """Return the files to be packed, and the paths of those that the storage has lost."""
    found, missing, storage = [], [], get_storage()
    for section in SECTIONS.values():
        for path, key in section.files(person):
            try:
                found.append(Original(path, key, storage.size(key)))
            except FileNotFoundError:
                missing.append(path)
    return found, missing


def _write(
    draft: Path,
    export: Export,
    originals: list[Original],
    missing: list[str],
    progress: "_Progress",
) -> None:
    now, person, storage = timezone.now(), export.user, get_storage()
    writer = ArchiveWriter(draft, now, progress.add)
    try:
        progress.stage(ROWS)
        counts = {}
        for section in SECTIONS.values():
            rows = section.rows(person)
            counts[section.name] = writer.add_rows(f"data/{section.name}.json", rows)
            writer.add_json(f"schemas/{section.name}.json", section.schema)
        progress.stage(FILES)
        for one in originals:
            writer.add(one.path, storage.stream(one.key), packed=False)
        writer.add_json("archive.json", _head(person, now, counts, missing))
        writer.add("README.txt", [_readme(export, now, missing).encode()])
        writer.finish()
    except BaseException:
        writer.abandon()
        raise


def _head(
    person: User, now: datetime, counts: dict[str, int], missing: list[str]
) -> dict[str, object]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "site": home(),
        "handle": person.handle,
        "made_at": now.isoformat(),
        "counts": counts,
        "missing": missing,
    }


def _readme(export: Export, now: datetime, missing: list[str]) -> str:
    lines = [f"{name:14} {section.sentence}" for name, section in SECTIONS.items()]
    gone = MISSING.format("\n".join(missing)) if missing else ""
    person, day = export.user, timezone.localdate(now).isoformat()
    return README.format(
        name=person.name,
        handle=person.handle,
        site=f"{settings.SITE_NAME}, {home()}",
        day=day,
        sections="\n".join(lines),
        missing=gone,
        filename=filename_of(export),
    )


def _offer(lease: Lease, export: Export, size: int, sha256: str) -> None:
    """Let it be fetched, if it is wanted still and the job is ours still."""
    now = timezone.now()
    with lease.fence():
        offered = Export.objects.filter(pk=export.pk, key="").update(
            key=key_of(export),
            size_bytes=size,
            sha256=sha256,
            ready_at=now,
            expires_at=now + timedelta(days=settings.NEXUS_EXPORT_DAYS),
        )
        if offered:
            replace_older(export)
            tell(EXPORT_READY, of=export, audience=OWNER)
        tell_watchers(export.user_id)
        ending.done(lease)
    if not offered and not Export.objects.filter(pk=export.pk).exists():
        get_storage().delete(key_of(export))


class _Progress:
    """How far it is, written into the job's row now and then."""

    def __init__(self, lease: Lease, person_id: object) -> None:
        self.lease, self.person_id = lease, person_id
        self.total = self._done = 0
        self._stage, self._told_at = ROWS, 0.0

    def stage(self, name: str) -> None:
        """Begin another stage."""
        self._stage = name
        self._tell(BEGINS[name])

    def add(self, count: int) -> None:
        """Count bytes that were written. Raises Stopped, and LeaseLost."""
        if self.lease.should_stop():
            raise Stopped
        if self._stage == FILES:
            self._done += count
        if time.monotonic() - self._told_at >= TELL_EVERY:
            share = min(1.0, self._done / self.total) if self.total else 0.0
            room = BEGINS[CHECKING] - BEGINS[FILES]
            at = BEGINS[FILES] + int(share * room) if self._stage == FILES else BEGINS[self._stage]
            self._tell(at)

    def _tell(self, percent: int) -> None:
        self._told_at = time.monotonic()
        self.lease.write(stage=self._stage, progress=percent)
        tell_watchers(self.person_id)
