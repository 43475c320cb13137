"""What a target and an instance may already be: nothing of anybody's is lost there."""

import os
import stat
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings as site_settings
from django.db import connection

from config.process import startup
from media_pipeline.backups import database, formats, keys, restoring, services
from media_pipeline.backups.errors import BackupError
from media_pipeline.backups.targets import Target, open_target
from media_pipeline.models import Backup
from tests.media_pipeline.backups.conftest import back_up


def old(place: Path, text: str = "mine") -> Path:
    """Make a file that was written three days ago."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)
    past = time.time() - 3 * 24 * 3600
    os.utime(place, (past, past))
    return place


def test_files_of_somebody_else_are_never_touched(target: Target, tmp_path: Path) -> None:
    theirs = old(tmp_path / "kept" / "backups" / "laptop" / "thesis.tar")
    with pytest.raises(BackupError, match="has a folder backups that is not of Nexus"):
        back_up(target)
    assert theirs.read_text() == "mine"


def test_what_somebody_puts_beside_the_backups_stays(target: Target, tmp_path: Path) -> None:
    back_up(target)
    notes = old(tmp_path / "kept" / "backups" / "README.txt")
    folder = old(tmp_path / "kept" / "backups" / "old things" / "a")
    back_up(target, keep=1)
    assert notes.exists()
    assert folder.exists()


def test_a_target_that_is_not_mounted_is_told(target: Target, tmp_path: Path) -> None:
    back_up(target)
    (tmp_path / "kept").rename(tmp_path / "elsewhere")
    with pytest.raises(BackupError, match="Is it mounted"):
        back_up(open_target(str(tmp_path / "kept")))
    assert back_up(open_target(str(tmp_path / "kept")), anew=True).files


def test_a_link_into_the_music_is_seen_through(target: Target, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "media")
    with pytest.raises(BackupError, match="lies within the music itself"):
        open_target(str(tmp_path / "link" / "kept"))


def test_nobody_else_of_the_machine_reads_what_comes_there(piece: Any, tmp_path: Path) -> None:
    place = tmp_path / "open"
    place.mkdir(mode=0o755)
    back_up(open_target(str(place)))
    for folder in ("backups", "blobs", ".drafts"):
        assert stat.S_IMODE((place / folder).stat().st_mode) == 0o700


def test_who_looks_at_the_target_takes_nothing_away(target: Target, tmp_path: Path) -> None:
    back_up(target)
    draft = tmp_path / "kept" / ".drafts" / "being-written"
    draft.write_bytes(b"half")
    open_target(str(target)).backups()
    assert draft.exists()


def test_the_one_just_made_stays_whatever_others_are_called(target: Target) -> None:
    back_up(target)
    place = Path(str(target), "backups")
    first = target.names()[0]
    future = "2099" + first[4:]
    (place / first).rename(place / future)
    told = (place / future / "backup.json").read_text().replace(first, future)
    (place / future / "backup.json").write_text(told)
    made = back_up(target, keep=1)
    assert target.names() == [made.name]


def test_an_error_of_our_own_ends_the_run(target: Target) -> None:
    def fall() -> None:
        raise ZeroDivisionError

    run = services.begin(Backup.Kind.BACKUP, target)
    with pytest.raises(ZeroDivisionError):
        services.make(run, target, pause=fall)
    run.refresh_from_db()
    assert (run.state, run.error) == (
        Backup.State.FAILED,
        "It was broken off by an error of its own: ZeroDivisionError.",
    )
    back_up(target)


def test_what_a_killed_drill_has_left_goes_with_the_next_run(target: Target) -> None:
    name = database.beside(services.DRILL)
    with psycopg.connect(
        database.conninfo("postgres"), password=database.password(), autocommit=True
    ) as rows:
        rows.execute(f'CREATE DATABASE "{name}"'.encode())
        back_up(target)
        found = rows.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    assert found is None


@pytest.mark.parametrize("text", [b"[" * 1_000_000, b"7", b'{"format": 1, "rows": {"a": "b"}}'])
def test_a_description_of_no_sense_harms_no_other_backup(target: Target, text: bytes) -> None:
    broken = back_up(target)
    target.write(formats.place(broken.name, formats.DESCRIPTION), text)
    made = back_up(target)
    assert target.backups() == [made]


def test_a_database_of_something_else_is_refused(transactional_db: None, target: Target) -> None:
    found = back_up(target)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE wordpress_posts (id int)")
        try:
            with pytest.raises(BackupError, match="holds what is not of Nexus: wordpress_posts"):
                restoring._require_empty(found)
        finally:
            cursor.execute("DROP TABLE wordpress_posts")


def test_no_site_begins_on_half_a_restore(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEXUS_VAR", str(tmp_path))
    startup.refuse_half_restored()
    (tmp_path / "restore-under-way").write_text("{}")
    with pytest.raises(SystemExit, match="A restore was broken off here"):
        startup.refuse_half_restored()


def test_a_key_file_comes_back_whatever_the_environment_says(
    storage: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SECRET_KEY_FILE, settings.NEXUS_KEY_FILE = None, ""
    key = "fY0oXh3cZ3m3b0R6o6QbWn0C1b1bU8m1o1t2c3d4e5g="
    said = keys.put({"secret_key": "another", "key_file": key})
    place = Path(site_settings.STATE_DIR) / "key_file"
    assert place.read_text() == key
    assert "NEXUS_SECRET_KEY is another key" in said
    assert f"NEXUS_KEY_FILE={place}" in said
