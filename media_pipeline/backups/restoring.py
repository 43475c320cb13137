"""Bringing a backup back into an empty instance.

All that can refuse is looked at before anything is touched. Then the files are brought, which an
instance without rows does not notice; then the rows, in one transaction: until it commits the
instance is as empty as before, and after a kill the same command does what is left.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.dateparse import parse_datetime

from media_pipeline import faults
from media_pipeline.backups import checking, copying, database, formats, keys
from media_pipeline.backups.errors import BackupError
from media_pipeline.backups.formats import Description
from media_pipeline.backups.progress import Progress, Show
from media_pipeline.backups.registry import AFTER
from media_pipeline.backups.targets import Target
from media_pipeline.jobs.services.leases import UNLEASED
from media_pipeline.models import Asset, Backup, Job, Upload
from media_pipeline.storage import get_storage

SAVED_EVERY = 500  # files


@dataclass
class Restored:
    """What came back. `findings` is empty where all is as it was."""

    description: Description
    files: int
    bytes: int
    words: str = ""
    findings: list[str] = field(default_factory=list)


class Told(Progress):
    """Progress of what has no row yet."""

    def __init__(self, show: Show) -> None:
        super().__init__(Backup(), show=show)

    def beat(self) -> None:
        """Show it."""
        self.show(self.run.stage, self.run.done, self.run.total)


def restore(
    target: Target, name: str, *, verify: bool, show: Show, with_own_key: bool = False
) -> Restored:
    """Bring a backup, or the newest (`name` empty), into this instance, which must be empty.

    With `verify` every byte is hashed before anything is touched, and rows, seals and stored files
    are compared afterwards. Raises BackupError before anything is touched for all that can be seen.
    """
    told_of = Told(show)
    for left in Path(settings.STATE_DIR).glob(".restore-*"):
        shutil.rmtree(left, ignore_errors=True)
    found = _chosen(target, name)
    with tempfile.TemporaryDirectory(dir=settings.STATE_DIR, prefix=".restore-") as made:
        folder = Path(made)
        _require_empty(found)
        checking.require_known(found)
        checking.fetch(target, found, folder, told_of)
        secrets = _secrets(found, folder, with_own_key)
        files, size = checking.require_blobs(target, folder, told_of, by_hash=verify)
        _require_room(size)
        _bring_files(target, folder, told_of, size, by_hash=verify)
        faults.point("restore:files")
        _mark(found)
        told_of.stage("database")
        if database.tables():
            database.empty()
        database.load(folder / formats.DATABASE, "", told_of.beat)
        faults.point("restore:rows")
        result = Restored(found, files, size)
        if secrets:
            result.words = keys.put(secrets)
        if verify:
            result.findings = list(checking.differences(found))
            result.findings += _unlike(folder, told_of, size)
    connection.close()
    call_command("migrate", interactive=False, verbosity=0)
    _settle(found)
    for act in AFTER:
        act()
    cache.clear()
    faults.point("restore:settled")
    _place_of_mark().unlink(missing_ok=True)
    return result


def _chosen(target: Target, name: str) -> Description:
    if name:
        return target.describe(name)
    whole = target.backups()
    if not whole:
        raise BackupError(f"There is no whole backup in {target}.")
    return whole[0]


def _place_of_mark() -> Path:
    """No site begins while it is there (`config.process.startup`)."""
    return Path(settings.STATE_DIR) / "restore-under-way"


def _mark(found: Description) -> None:
    """Write down what this instance is becoming, so that a second try may go on."""
    _place_of_mark().write_text(json.dumps({"name": found.name, "site": found.site}))


def _require_empty(found: Description) -> None:
    """Refuse an instance that holds anything. Raises BackupError."""
    there = set(database.tables())
    if not there:
        return
    if strange := sorted(there - _ours()):
        raise BackupError(
            f"This database holds what is not of Nexus: {', '.join(strange[:5])}. Give the restore "
            "a database of its own (DATABASE_URL)."
        )
    place = _place_of_mark()
    if place.exists():
        begun = json.loads(place.read_text())
        if begun == {"name": found.name, "site": found.site}:
            return
        raise BackupError(
            f"The restore of {begun['name']} was broken off here. Go on with that one "
            f"(--backup {begun['name']}), or give this one an empty place: NEXUS_VAR=/some/folder."
        )
    if held := list(_held()):
        raise BackupError(
            f"This instance is not empty: it has {', '.join(held)}. A backup comes into an empty "
            "one only: give it another place (NEXUS_VAR=/some/folder, and another DATABASE_URL "
            "where you have set one)."
        )


def _ours() -> set[str]:
    """Return the tables that a Nexus has."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table for model in models} | {"django_migrations"}


def _held() -> Iterator[str]:
    """Yield what an instance has that is more than what it is born with."""
    there = set(database.tables())
    people = get_user_model()
    if people._meta.db_table in there:
        strangers = people._default_manager.exclude(handle="system").exclude(
            is_superuser=True, last_login=None
        )
        if count := strangers.count():
            yield f"{count} accounts"
    if Asset._meta.db_table in there and (count := Asset.objects.count()):
        yield f"{count} pieces"


def _secrets(found: Description, folder: Path, with_own_key: bool) -> dict[str, str] | None:
    if formats.KEYS in found.hashes:
        return keys.read(folder / formats.KEYS)
    if found.key == keys.name(settings.SECRET_KEY) or with_own_key:
        return None
    place = settings.SECRET_KEY_FILE or "NEXUS_SECRET_KEY"
    raise BackupError(
        f"The secret key of this backup was left out, and the one here is another. Put it into "
        f"{place}, or say --with-own-key: then signed links, second factors and sealed rows of "
        "before cannot be read."
    )


def _require_room(size: int) -> None:
    root = get_storage().root
    if root is not None:
        Target(str(root), get_storage()).require_room(size)


def _bring_files(
    target: Target, folder: Path, told_of: Progress, size: int, *, by_hash: bool
) -> None:
    """Bring every file that is not here already, from a try before this one."""
    told_of.stage("files", size)
    storage = get_storage()
    here = {stat.key: stat.size for stat in storage.stats("")}
    for entry in checking.entries(folder):
        is_here = here.get(entry.key) == entry.size and (not by_hash or _is(entry))
        if not is_here and not copying.bring(target, entry, storage, folder):
            raise BackupError(
                f"The bytes of {entry.key} broke in {target} or on their way. Only files were "
                "brought yet: try again, or take another backup."
            )
        faults.point("restore:file")
        told_of.advance(entry.size)


def _is(entry: formats.Entry) -> bool:
    """Tell whether the stored file has the bytes it should have."""
    return Target("", get_storage()).hash(entry.key) == entry.sha256


def _unlike(folder: Path, told_of: Progress, size: int) -> Iterator[str]:
    """Yield a sentence for each stored file that has other bytes than it had."""
    told_of.stage("verifying", size)
    stored = Target("", get_storage())
    for entry in checking.entries(folder):
        try:
            if stored.hash(entry.key) != entry.sha256:
                yield f"{entry.key} has other bytes than it had."
        except FileNotFoundError:
            yield f"{entry.key} is missing."
        told_of.advance(entry.size)


@transaction.atomic
def _settle(found: Description) -> None:
    """End what was under way at the moment of the backup and cannot go on here."""
    made = Backup.objects.filter(state=Backup.State.RUNNING, name=found.name)
    told: dict[str, Any] = {"files": found.files, "bytes": found.bytes}
    told |= {"rows": sum(found.rows.values()), "complaints": found.complaints}
    made.update(
        state=Backup.State.SUCCEEDED, finished_at=parse_datetime(found.made_at), counts=told
    )
    Backup.objects.filter(state=Backup.State.RUNNING).update(
        state=Backup.State.FAILED, error="It was under way when this was kept.", finished_at=Now()
    )
    Job.objects.filter(kind__startswith="backups.").delete()
    Job.objects.filter(state=Job.State.RUNNING).update(state=Job.State.PENDING, **UNLEASED)
    under_way = [Upload.State.OPEN, Upload.State.COMPLETING]
    Upload.objects.filter(state__in=under_way).update(state=Upload.State.EXPIRED)
