"""What is known of files and of the target, on this machine's own disk: memory stays small.

One SQLite file for each target. It only saves work: without it everything is read and hashed anew.
A backup that was killed goes on with it.
"""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from media_pipeline.backups.formats import Entry
from media_pipeline.storage.port import Stat

SCHEMA = """
CREATE TABLE IF NOT EXISTS known (key TEXT PRIMARY KEY, size INT, stamp TEXT, sha256 TEXT);
CREATE TABLE IF NOT EXISTS blobs (sha256 TEXT PRIMARY KEY, size INT);
CREATE TABLE IF NOT EXISTS files (key TEXT PRIMARY KEY, size INT, stamp TEXT, sha256 TEXT);
CREATE TABLE IF NOT EXISTS wanted (sha256 TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS run (id TEXT);
"""


class Todo(NamedTuple):
    """A file that has to be read; `sha256` is empty where it was never hashed as it is now."""

    key: str
    size: int
    stamp: str
    sha256: str


class Index:
    """The files of the storage and the blobs of the target, as this run has seen them."""

    def __init__(self, target: str) -> None:
        folder = Path(settings.STATE_DIR) / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        self.folder = folder
        for left in folder.glob("tmp*"):  # of a run that was killed: there is one at a time
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
        name = hashlib.sha256(target.encode()).hexdigest()[:16]
        self.path = folder / f"{name}.sqlite"
        self.rows = self._open()

    def begin(self, run: str) -> bool:
        """Begin a run, or go on with it: tells whether it had begun."""
        row = self.rows.execute("SELECT id FROM run").fetchone()
        if row == (run,):
            return True
        for table in ("files", "blobs", "run"):
            self.rows.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
        return False

    def began(self, run: str) -> None:
        """Say that what this run has seen is written down whole."""
        self.rows.execute("INSERT INTO run SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM run)", [run])
        self.rows.commit()

    def see_files(self, stats: Iterable[Stat]) -> None:
        """Write down what the storage holds now, in place of what it held."""
        self.rows.execute("DELETE FROM files")
        told = ((stat.key, stat.size, stat.stamp) for stat in stats)
        self.rows.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, NULL)", told)
        self.rows.execute(
            "UPDATE files SET sha256 = (SELECT sha256 FROM known WHERE known.key = files.key "
            "AND known.size = files.size AND known.stamp = files.stamp)"
        )
        self.rows.commit()

    def see_blobs(self, stats: Iterable[Stat]) -> None:
        """Write down what the target holds."""
        self.rows.execute("DELETE FROM blobs")
        told = ((stat.key.rpartition("/")[2], stat.size) for stat in stats)
        self.rows.executemany("INSERT OR REPLACE INTO blobs VALUES (?, ?)", told)
        self.rows.commit()

    def to_do(self, most: int) -> list[Todo]:
        """Return files whose bytes are not known to lie in the target."""
        found = self.rows.execute(
            "SELECT key, size, stamp, coalesce(sha256, '') FROM files WHERE sha256 IS NULL OR NOT "
            "EXISTS (SELECT 1 FROM blobs WHERE blobs.sha256 = files.sha256 AND blobs.size = "
            "files.size) LIMIT ?",
            [most],
        )
        return [Todo(*row) for row in found]

    def left(self) -> tuple[int, int]:
        """Return how many files, and bytes, there still are to do."""
        row = self.rows.execute(
            "SELECT count(*), coalesce(sum(size), 0) FROM files WHERE sha256 IS NULL OR NOT EXISTS "
            "(SELECT 1 FROM blobs WHERE blobs.sha256 = files.sha256 AND blobs.size = files.size)"
        ).fetchone()
        return int(row[0]), int(row[1])

    def has_blob(self, sha256: str, size: int) -> bool:
        """Tell whether the target holds these bytes whole."""
        found = self.rows.execute(
            "SELECT 1 FROM blobs WHERE sha256 = ? AND size = ?", [sha256, size]
        )
        return found.fetchone() is not None

    def learn(self, done: Todo, sha256: str, size: int) -> None:
        """Write down that these bytes are known and lie in the target."""
        values = [done.key, size, done.stamp, sha256]
        self.rows.execute("INSERT OR REPLACE INTO known VALUES (?, ?, ?, ?)", values)
        self.rows.execute(
            "UPDATE files SET sha256 = ?, size = ? WHERE key = ?", [sha256, size, done.key]
        )
        self.rows.execute("INSERT OR REPLACE INTO blobs VALUES (?, ?)", [sha256, size])

    def vanished(self, key: str) -> None:
        """Forget a file that is not there any more."""
        self.rows.execute("DELETE FROM files WHERE key = ?", [key])

    def keep(self) -> None:
        """Let what was learnt be on the disk."""
        self.rows.commit()

    def entries(self) -> Iterator[Entry]:
        """Yield all files, by key."""
        for row in self.rows.execute("SELECT key, size, sha256 FROM files ORDER BY key"):
            yield Entry(*row)

    def hash_of(self, key: str) -> str | None:
        """Return the hash of a file, or None where there is none."""
        row = self.rows.execute("SELECT sha256 FROM files WHERE key = ?", [key]).fetchone()
        return row[0] if row else None

    def forget_gone(self) -> None:
        """Forget what was known of files that are gone."""
        self.rows.execute("DELETE FROM known WHERE key NOT IN (SELECT key FROM files)")
        self.rows.commit()

    def unwanted(self, manifests: Iterable[Iterable[Entry]]) -> list[str]:
        """Return the blobs that none of these manifests names."""
        self.rows.execute("DELETE FROM wanted")
        for manifest in manifests:
            told = ((entry.sha256,) for entry in manifest)
            self.rows.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", told)
        found = self.rows.execute(
            "SELECT sha256 FROM blobs WHERE sha256 NOT IN (SELECT sha256 FROM wanted)"
        )
        return [row[0] for row in found]

    def lost_blob(self, sha256: str) -> None:
        """Forget a blob that was removed."""
        self.rows.execute("DELETE FROM blobs WHERE sha256 = ?", [sha256])

    def close(self) -> None:
        """Let go of the file."""
        self.rows.close()

    def _open(self) -> sqlite3.Connection:
        try:
            return _connected(self.path)
        except sqlite3.DatabaseError:  # cut short by a power cut: it is only a memory
            self.path.unlink(missing_ok=True)
            return _connected(self.path)


def _connected(path: Path) -> sqlite3.Connection:
    rows = sqlite3.connect(path, timeout=30)
    rows.execute("PRAGMA journal_mode = WAL")
    rows.execute("PRAGMA synchronous = NORMAL")
    rows.executescript(SCHEMA)
    return rows
