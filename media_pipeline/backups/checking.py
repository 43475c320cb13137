"""Looking at a backup before anything is touched, and at what came of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from media_pipeline.backups import database, formats
from media_pipeline.backups.errors import BackupError
from media_pipeline.backups.formats import Description, Entry
from media_pipeline.backups.progress import Progress
from media_pipeline.backups.targets import Target
from media_pipeline.sealing import services as sealing

NAMED_MOST = 5


def fetch(target: Target, found: Description, folder: Path, told_of: Progress) -> None:
    """Bring the parts of a backup here, each with the hash it must have. Raises BackupError."""
    sizes = {stat.key: stat.size for stat in target.stats(f"{formats.BACKUPS}/{found.name}")}
    told_of.stage("reading", sum(sizes.values()))
    for part, sha256 in found.hashes.items():
        if part not in {formats.DATABASE, formats.MEDIA, formats.KEYS}:
            continue
        name = formats.place(found.name, part)
        try:
            same = target.fetch(name, folder / part) == sha256
        except FileNotFoundError:
            raise BackupError(f"The backup is half: its {part} is missing.") from None
        if not same:
            raise BackupError(f"The backup is broken: its {part} has other bytes than it had.")
        told_of.advance(sizes.get(name, 0))


def require_known(found: Description) -> None:
    """Refuse a backup of a newer Nexus, or of a newer PostgreSQL. Raises BackupError."""
    ours = {app.label for app in apps.get_app_configs()}
    here = MigrationLoader(None).disk_migrations
    known = here.keys() | {old for found in here.values() for old in found.replaces or []}
    newer = [
        f"{app}.{name}"
        for app, names in found.migrations.items()
        for name in names
        if (app, name) not in known
    ]
    if newer:
        words = ", ".join(newer[:NAMED_MOST])
        unknown = {name.split(".")[0] for name in newer} - ours
        why = " and parts of it are not here" if unknown else ""
        raise BackupError(
            f"This backup is of a newer Nexus{why}: {words} is unknown here. Update Nexus first."
        )
    if found.postgresql > (major := database.server_major()):
        raise BackupError(
            f"This backup is of PostgreSQL {found.postgresql}; the server here is {major}. "
            "Use the same version or a later one."
        )
    database.program("pg_restore", at_least=max(major, found.postgresql))


def entries(folder: Path) -> Iterator[Entry]:
    """Yield the files that a fetched backup names."""
    return formats.read_entries(folder / formats.MEDIA)


def require_blobs(
    target: Target, folder: Path, told_of: Progress, *, by_hash: bool
) -> tuple[int, int]:
    """Refuse a backup whose bytes are not all there; return how many files and bytes it has.

    Sizes are looked at, and with `by_hash` every byte. Raises BackupError.
    """
    there = {stat.key.rpartition("/")[2]: stat.size for stat in target.stats(formats.BLOBS)}
    files = size = 0
    lost: list[str] = []
    for entry in entries(folder):
        files, size = files + 1, size + entry.size
        if there.get(entry.sha256) != entry.size:
            lost.append(entry.key)
    if not lost and by_hash:
        lost = list(_changed(target, folder, told_of, size))
    if lost:
        words = ", ".join(lost[:NAMED_MOST])
        more = f" and {len(lost) - NAMED_MOST} more" if len(lost) > NAMED_MOST else ""
        raise BackupError(f"The backup is broken: the bytes of {words}{more} are not whole.")
    return files, size


def _changed(target: Target, folder: Path, told_of: Progress, size: int) -> Iterator[str]:
    told_of.stage("hashing", size)
    seen: set[bytes] = set()
    for entry in entries(folder):
        digest = bytes.fromhex(entry.sha256)
        if digest not in seen:
            seen.add(digest)
            if target.hash(formats.blob(entry.sha256)) != entry.sha256:
                yield entry.key
        told_of.advance(entry.size)


def differences(found: Description, name: str = "") -> Iterator[str]:
    """Yield a sentence for each table that has not the rows it had, and for each broken seal.

    `name` is another database of the same server.
    """
    with psycopg.connect(database.conninfo(name), password=database.password()) as rows:
        counts = database.count_rows(rows)
        for table, count in sorted(found.rows.items()):
            if counts.get(table) != count:
                yield f"{table} had {count} rows and has {counts.get(table, 'no table')}."

        def ask(query: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
            return rows.execute(query.encode(), parameters).fetchall()

        for finding in sealing.verify(ask):
            yield f"Seal {finding.seal or ''} {finding.sentence}"
