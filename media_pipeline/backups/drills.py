"""A drill: the newest backup is restored beside the site, looked at, and thrown away."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from media_pipeline import faults
from media_pipeline.backups import checking, database, formats, keys, progress
from media_pipeline.backups.errors import BackupError
from media_pipeline.backups.formats import Description
from media_pipeline.backups.index import Index
from media_pipeline.backups.progress import Progress
from media_pipeline.backups.services import DRILL, told
from media_pipeline.backups.targets import Target
from media_pipeline.models import Backup


def drill(
    run: Backup,
    target: Target,
    *,
    show: progress.Show = progress.nobody,
    pause: Callable[[], None] = lambda: None,
) -> Description:
    """Try the backup that `run` names: its rows in a database beside ours, every byte by its hash.

    Raises BackupError with what is amiss; then this backup must not be relied on.
    """
    told_of = Progress(run, show=show, pause=pause)
    folder = Index(str(target)).folder
    with told(run), tempfile.TemporaryDirectory(dir=folder) as made:
        place = Path(made)
        found = target.describe(run.name)
        checking.require_known(found)
        checking.fetch(target, found, place, told_of)
        told_of.stage("database")
        with database.throwaway(DRILL):
            name = database.beside(DRILL)
            database.load(place / formats.DATABASE, name, told_of.beat)
            faults.point("drill:rows")
            amiss = list(checking.differences(found, name))
        files, size = checking.require_blobs(target, place, told_of, by_hash=True)
        amiss += _of_keys(found, place)
        if amiss:
            raise BackupError(f"The backup {found.name} is not as it was: {' '.join(amiss[:5])}")
    progress.end(
        run,
        Backup.State.SUCCEEDED,
        files=files,
        bytes=size,
        rows=sum(found.rows.values()),
        complaints=found.complaints,
    )
    return found


def newest_name(target: Target) -> str:
    """Return the name of the newest whole backup. Raises BackupError where there is none."""
    whole = target.backups()
    if not whole:
        raise BackupError(f"There is no whole backup in {target}.")
    return whole[0].name


def _of_keys(found: Description, folder: Path) -> list[str]:
    if formats.KEYS not in found.hashes:
        return []
    secret = keys.read(folder / formats.KEYS)["secret_key"]
    if keys.name(secret) == found.key == keys.name(settings.SECRET_KEY):
        return []
    return ["Its secret key is not this site's."]
