"""Making a backup: what is new is copied while the site goes on, then one moment is held fast.

First every file of the storage whose bytes the target lacks is copied, for as long as that takes.
Then a snapshot of the database is taken, and until the end no file is removed that its rows may
name (`Backup.objects.hold`). What came since is copied, the rows are dumped by PostgreSQL's own
pg_dump from that snapshot, and the description is written last: a backup is whole or none.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone

from config.lib.outages import DATABASE_ERRORS
from media_pipeline import faults
from media_pipeline.backups import copying, database, formats, keys, progress
from media_pipeline.backups.errors import BackupError, SliceOver
from media_pipeline.backups.formats import Description
from media_pipeline.backups.index import Index
from media_pipeline.backups.progress import Progress
from media_pipeline.backups.selectors import applied, site
from media_pipeline.backups.targets import ERRORS, Target
from media_pipeline.ffmpeg import Stopped
from media_pipeline.models import Backup
from media_pipeline.sealing import services as sealing

State = Backup.State
HALF_KEPT = timedelta(days=1)
DRILL = "nexus_drill"


def begin(kind: str, target: Target, name: str = "") -> Backup:
    """Write down that a run begins. Raises BackupError while another one is under way."""
    Backup.objects.dead().update(state=State.FAILED, error="It was killed.", finished_at=Now())
    now = timezone.now().astimezone(UTC)
    name = name or f"{now:%Y%m%dT%H%M%SZ}-{now.microsecond:05x}"
    try:
        with transaction.atomic():
            return Backup.objects.create(kind=kind, target=str(target), name=name)
    except IntegrityError:
        other = Backup.objects.filter(state=State.RUNNING).first()
        since = f" since {other.started_at:%H:%M} UTC" if other else ""
        raise BackupError(
            f"Another backup or drill is under way{since}. Wait for its end."
        ) from None


@contextmanager
def told(run: Backup) -> Iterator[None]:
    """Write down how a run ends that fails; what is only interrupted goes on later."""
    try:
        yield
    except (SliceOver, Stopped):
        raise
    except BackupError as error:
        progress.end(run, State.FAILED, error=str(error))
        raise
    except ERRORS as error:
        sentence = f"{run.target} failed: {getattr(error, 'strerror', None) or error}."
        progress.end(run, State.FAILED, error=sentence)
        raise BackupError(sentence) from error
    except DATABASE_ERRORS:  # nothing can be written down: it is tried again, or found dead
        raise
    except BaseException as error:
        words = "It was interrupted." if isinstance(error, KeyboardInterrupt | SystemExit) else ""
        words = words or f"It was broken off by an error of its own: {type(error).__name__}."
        progress.end(run, State.FAILED, error=words)
        raise


def make(
    run: Backup,
    target: Target,
    *,
    with_keys: bool = True,
    keep: int | None = None,
    anew: bool = False,
    show: progress.Show = progress.nobody,
    pause: Callable[[], None] = lambda: None,
) -> Description:
    """Make the backup that `run` has begun, and let older ones go; return what it is.

    `pause` is asked while bulk is copied and may raise SliceOver: the same call goes on later.
    Raises BackupError with a sentence for what cannot be done; then nothing counts as a backup.
    """
    told_of = Progress(run, show=show, pause=pause)
    index = Index(str(target))
    with told(run):
        try:
            target.prepare(site(), anew=anew)
            database.drop_throwaway(DRILL)
            database.program("pg_dump", at_least=database.server_major())
            copying.look(index, target, told_of)
            target.require_room(index.left()[1])
            copying.copy(index, target, told_of)
            told_of.pause = lambda: None  # one moment cannot be cut in two
            found = _hold(run, target, index, told_of, with_keys)
            keep = settings.NEXUS_BACKUP_KEEP if keep is None else keep
            _prune(target, index, keep, run.name)
        finally:
            index.close()
    progress.end(
        run,
        State.SUCCEEDED,
        files=found.files,
        bytes=found.bytes,
        rows=sum(found.rows.values()),
        complaints=found.complaints,
    )
    return found


def _hold(
    run: Backup, target: Target, index: Index, told_of: Progress, with_keys: bool
) -> Description:
    """Take one moment of everything."""
    with tempfile.TemporaryDirectory(dir=index.folder) as made, database.snapshot() as held:
        folder, (rows, snapshot) = Path(made), held
        copying.look(index, target, told_of, anew=True)
        copying.copy(index, target, told_of)
        faults.point("backup:copied")
        told_of.stage("database")
        dumped = folder / formats.DATABASE
        made_by = database.dump(dumped, snapshot, told_of.beat)
        files, size = formats.write_entries(folder / formats.MEDIA, index.entries())
        complaints = list(copying.complaints(index, rows))
        parts = [dumped, folder / formats.MEDIA]
        if with_keys:
            parts.append(keys.write(folder))
        target.require_room(sum(part.stat().st_size for part in parts))
        hashes = {part.name: copying.send(target, run.name, part, told_of) for part in parts}
        faults.point("backup:sent")
        found = Description(
            name=run.name,
            made_at=timezone.now().astimezone(UTC).isoformat(timespec="seconds"),
            site=site(),
            migrations=applied(rows),
            postgresql=made_by,
            rows=database.count_rows(rows),
            left_out=list(database.LEFT_OUT),
            files=files,
            bytes=size,
            hashes=hashes,
            key=keys.name(settings.SECRET_KEY),
            seal=sealing.head(),
            complaints=complaints,
        )
    if target.is_local:
        os.sync()  # the description says that all the rest is there
    target.write(formats.place(run.name, formats.DESCRIPTION), found.dump())
    faults.point("backup:described")
    return found


def _prune(target: Target, index: Index, keep: int, made: str) -> None:
    """Remove backups beyond the newest `keep`, what was left half, and bytes nobody names.

    The one just `made` stays, even where the names of others claim to be of the future.
    """
    whole = target.backups()
    others = [one.name for one in whole if one.name != made]
    kept = {made, *others[: max(1, keep) - 1]}
    now = timezone.now()
    broken = {one for one in target.names() if one not in {found.name for found in whole}}
    begun = {
        name
        for stat in target.stats(formats.BACKUPS)
        if now - stat.modified > HALF_KEPT
        and formats.NAME.fullmatch(name := stat.key.split("/")[1])
    }
    described = set(target.names())
    gone = ({one.name for one in whole} - kept) | (begun - described - broken)
    for name in sorted(gone):
        target.drop(formats.place(name, formats.DESCRIPTION))
        faults.point("backup:pruning")
        target.drop_all(f"{formats.BACKUPS}/{name}")
    if broken:  # it may name bytes that nobody else does, and a person may yet mend it
        return
    with tempfile.TemporaryDirectory(dir=index.folder) as folder:
        manifests = []
        for name in kept:
            place = Path(folder) / f"{name}.gz"
            target.fetch(formats.place(name, formats.MEDIA), place)
            manifests.append(formats.read_entries(place))
        for sha256 in index.unwanted(manifests):
            target.drop(formats.blob(sha256))
            index.lost_blob(sha256)
    index.forget_gone()
