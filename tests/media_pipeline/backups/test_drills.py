"""A drill finds what a restore would stumble over, and health says so."""

import gzip
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from config import checks
from config.lib.health import Degraded, Note
from media_pipeline.backups import drills, formats, services
from media_pipeline.backups.errors import BackupError
from media_pipeline.backups.formats import Description, Entry
from media_pipeline.backups.targets import Target
from media_pipeline.models import Backup
from media_pipeline.sealing import services as sealing
from tests.media_pipeline.backups.conftest import back_up


def try_it(target: Target, name: str) -> Description:
    return drills.drill(services.begin(Backup.Kind.DRILL, target, name), target)


def databases() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'nexus_drill_%'")
        return {row[0] for row in cursor.fetchall()}


def test_a_whole_one_passes_and_leaves_nothing(target: Target) -> None:
    sealing.append(kind="test.entry", reason="to be found again")
    sealing.close()
    found = try_it(target, back_up(target).name)
    assert databases() == set()
    run = Backup.objects.get(kind=Backup.Kind.DRILL)
    assert (run.state, run.counts["files"]) == (Backup.State.SUCCEEDED, found.files)


def _rewrite(target: Target, found: Description, **fields: Any) -> None:
    told = json.loads(found.dump()) | fields
    target.write(formats.place(found.name, formats.DESCRIPTION), json.dumps(told).encode())


def _flip(place: Path) -> None:
    data = bytearray(place.read_bytes())
    data[len(data) // 2] ^= 1
    place.write_bytes(data)


def _largest_blob(target: Target) -> Path:
    found = max(target.stats(formats.BLOBS), key=lambda stat: stat.size)
    return Path(str(target), found.key)


def flipped_blob(target: Target, found: Description) -> None:
    _flip(_largest_blob(target))


def lost_blob(target: Target, found: Description) -> None:
    _largest_blob(target).unlink()


def short_blob(target: Target, found: Description) -> None:
    place = _largest_blob(target)
    place.write_bytes(place.read_bytes()[:-1])


def flipped_dump(target: Target, found: Description) -> None:
    _flip(Path(str(target), formats.place(found.name, formats.DATABASE)))


def lost_dump(target: Target, found: Description) -> None:
    target.drop(formats.place(found.name, formats.DATABASE))


def half(target: Target, found: Description) -> None:
    target.drop(formats.place(found.name, formats.DESCRIPTION))


def newer_format(target: Target, found: Description) -> None:
    _rewrite(target, found, format=2)


def newer_nexus(target: Target, found: Description) -> None:
    _rewrite(target, found, migrations={"tracks": ["9999_from_the_future"]})


def newer_postgresql(target: Target, found: Description) -> None:
    _rewrite(target, found, postgresql=99)


def more_rows(target: Target, found: Description) -> None:
    _rewrite(target, found, rows=found.rows | {"tracks_track": 7})


def no_json(target: Target, found: Description) -> None:
    target.write(formats.place(found.name, formats.DESCRIPTION), b"\xff{")


def other_shapes(target: Target, found: Description) -> None:
    _rewrite(target, found, rows="many", hashes=[])


def a_way_out(target: Target, found: Description) -> None:
    """A manifest that names what lies outside of the storage, with the right hash."""
    place = Path(str(target), formats.place(found.name, formats.MEDIA))
    line = json.dumps(list(Entry("../../outside", 1, "0" * 64)))
    place.write_bytes(gzip.compress(line.encode()))
    _rewrite(target, found, hashes=found.hashes | {formats.MEDIA: target.hash(
        formats.place(found.name, formats.MEDIA))})  # fmt: skip


BROKEN: list[tuple[Callable[[Target, Description], None], str]] = [
    (flipped_blob, "are not whole"),
    (lost_blob, "are not whole"),
    (short_blob, "are not whole"),
    (flipped_dump, "database.dump has other bytes"),
    (lost_dump, "database.dump is missing"),
    (half, "no whole backup"),
    (newer_format, "format 2, of a newer Nexus"),
    (newer_nexus, "tracks.9999_from_the_future is unknown here"),
    (newer_postgresql, "of PostgreSQL 99"),
    (more_rows, "tracks_track had 7 rows and has 0"),
    (no_json, "backup.json cannot be read"),
    (other_shapes, "backup.json lacks something"),
    (a_way_out, "media.jsonl.gz cannot be read"),
]


@pytest.mark.parametrize(("harm", "sentence"), BROKEN, ids=[harm.__name__ for harm, _ in BROKEN])
def test_a_broken_one_is_told(
    target: Target, harm: Callable[[Target, Description], None], sentence: str
) -> None:
    found = back_up(target)
    harm(target, found)
    with pytest.raises(BackupError, match=sentence):
        try_it(target, found.name)
    assert databases() == set()
    run = Backup.objects.get(kind=Backup.Kind.DRILL)
    assert run.state == Backup.State.FAILED
    assert sentence in run.error


def test_a_changed_seal_is_found(target: Target) -> None:
    sealing.append(kind="test.entry", reason="as it was")
    sealing.close()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE media_pipeline_seal DISABLE TRIGGER USER")
        cursor.execute("UPDATE media_pipeline_seal SET digest = repeat('0', 64)")
        cursor.execute("ALTER TABLE media_pipeline_seal ENABLE TRIGGER USER")
    found = back_up(target)
    with pytest.raises(BackupError, match="does not fit its entries"):
        try_it(target, found.name)


def test_health_tells_of_backups(target: Target, settings: Any) -> None:
    settings.NEXUS_BACKUP_TARGET = ""
    assert isinstance(checks.backups(), Note)
    settings.NEXUS_BACKUP_TARGET = str(target)
    assert "There is no backup yet" in checks.backups()
    found = back_up(target)
    assert checks.backups() == f"{found.name} in {target}"
    _flip(_largest_blob(target))
    with pytest.raises(BackupError):
        try_it(target, found.name)
    with pytest.raises(Degraded, match="The last drill failed"):
        checks.backups()
    Backup.objects.update(finished_at=timezone.now() - timedelta(hours=49))
    with pytest.raises(Degraded, match="49 hours old"):
        checks.backups()
