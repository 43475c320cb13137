"""All keys that were listed, on the disk instead of in memory."""

import sqlite3
import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings

ASKED_AT_ONCE = 500  # values in one statement; SQLite takes at least 999
CACHE_KIB = 8192


class Listing:
    """A set of keys of any size; use it as a context.

    Its file has no name from the moment it is open: it goes with the process, however that ends.
    """

    def __enter__(self) -> Self:
        work = Path(settings.NEXUS_WORK_DIR)
        work.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=work, prefix="listing-") as folder:
            self._file = sqlite3.connect(f"{folder}/keys", isolation_level=None)
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
                self._file.execute(f"PRAGMA {pragma}")
            self._file.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            self._file.execute("CREATE TABLE keys (key TEXT PRIMARY KEY) WITHOUT ROWID")
            self._file.execute("BEGIN")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, keys: Iterable[str]) -> None:
        """Add keys; one that is there already stays there."""
        rows = ((key,) for key in keys)
        self._file.executemany("INSERT OR IGNORE INTO keys VALUES (?)", rows)

    def without(self, keys: Collection[str]) -> set[str]:
        """Return those of these keys that are not in it."""
        left, rest = set(keys), list(keys)
        for first in range(0, len(rest), ASKED_AT_ONCE):
            some = rest[first : first + ASKED_AT_ONCE]
            marks = ", ".join("?" * len(some))
            found = self._file.execute(f"SELECT key FROM keys WHERE key IN ({marks})", some)  # noqa: S608 - marks only
            left -= {key for (key,) in found}
        return left
