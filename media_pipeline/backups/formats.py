"""How a backup lies in its target: the one place that knows names and shapes.

    nexus.json                       whose backups these are
    blobs/ab/abcd…                   bytes by their SHA-256, shared by all backups
    backups/20261129T031500Z-0a1b2/  one backup
        database.dump                pg_dump's custom format
        media.jsonl.gz               one line a file: key, size, sha256
        keys.json                    the secrets that its rows are sealed with, unless left out
        backup.json                  what it is, with the hashes of the others; written last

A backup without its `backup.json` is half, and is no backup.
"""

import builtins
import gzip
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple

from media_pipeline.backups.errors import BackupError

FORMAT = 1
OWNER = "nexus.json"
BLOBS = "blobs"
BACKUPS = "backups"
DATABASE, MEDIA, KEYS, DESCRIPTION = "database.dump", "media.jsonl.gz", "keys.json", "backup.json"
NAME = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{5}")
HASH = re.compile(r"[0-9a-f]{64}")
DESCRIPTION_MOST = 4 * 1024 * 1024  # bytes


class Entry(NamedTuple):
    """One file of the media storage."""

    key: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Description:
    """What `backup.json` says. Times are ISO 8601, sizes bytes; `rows` counts each table."""

    name: str
    made_at: str
    format: int = FORMAT
    site: str = ""
    migrations: dict[str, list[str]] = field(default_factory=dict)
    postgresql: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    files: int = 0
    bytes: int = 0
    hashes: dict[str, str] = field(default_factory=dict)
    key: str = ""
    seal: str = ""
    complaints: list[str] = field(default_factory=list)

    def dump(self) -> "builtins.bytes":
        """Return the bytes of `backup.json`."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def describe(data: bytes) -> Description:
    """Read `backup.json`. Raises BackupError for one that is broken, or of a newer format."""
    try:
        told = json.loads(data)
        version = told["format"]
        if not isinstance(version, int):
            raise TypeError("the format is a number")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BackupError(f"The backup is broken: its {DESCRIPTION} cannot be read.") from error
    if version > FORMAT:
        raise BackupError(
            f"This backup has format {version}, of a newer Nexus; this one reads up to {FORMAT}. "
            "Update Nexus first."
        )
    known = {found.name for found in fields(Description)}
    try:
        found = Description(**{name: value for name, value in told.items() if name in known})
        _check(found)
    except (TypeError, ValueError) as error:
        raise BackupError(f"The backup is broken: its {DESCRIPTION} lacks something.") from error
    return found


def _check(found: Description) -> None:
    """Believe no shape that was not looked at: the file may come from anywhere."""
    shapes: list[tuple[Any, type]] = [(found.name, str), (found.made_at, str), (found.key, str)]
    shapes += [(found.rows, dict), (found.hashes, dict), (found.migrations, dict)]
    shapes += [(found.files, int), (found.bytes, int), (found.postgresql, int)]
    _all_of(shapes)
    within: list[tuple[Any, type]] = [(count, int) for count in found.rows.values()]
    within += [(text, str) for text in (*found.hashes.values(), found.site, found.seal)]
    within += [(names, list) for names in (*found.migrations.values(), found.complaints)]
    _all_of(within)
    names = [name for names in found.migrations.values() for name in names]
    _all_of([(text, str) for text in (*names, *found.complaints)])
    if not NAME.fullmatch(found.name) or not {DATABASE, MEDIA} <= found.hashes.keys():
        raise ValueError("another name, or hashes are missing")


def _all_of(shapes: list[tuple[Any, type]]) -> None:
    if not all(isinstance(value, kind) for value, kind in shapes):
        raise ValueError("another shape")


def write_entries(path: Path, entries: Iterable[Entry]) -> tuple[int, int]:
    """Write a manifest of media; return how many files and bytes it names."""
    files = size = 0
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=4) as manifest:
        for entry in entries:
            manifest.write(json.dumps(list(entry)) + "\n")
            files, size = files + 1, size + entry.size
    return files, size


def read_entries(path: Path) -> Iterator[Entry]:
    """Yield what a manifest names. Raises BackupError for a line that names nothing possible."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as manifest:
            for line in manifest:
                key, size, sha256 = json.loads(line)
                entry = Entry(str(key), int(size), str(sha256))
                if not HASH.fullmatch(entry.sha256) or not _is_key(entry.key) or entry.size < 0:
                    raise ValueError(f"not a file of the storage: {entry.key!r}")
                yield entry
    except (OSError, EOFError, ValueError, TypeError, RecursionError, zlib.error) as error:
        raise BackupError(f"The backup is broken: its {MEDIA} cannot be read ({error}).") from error


def blob(sha256: str) -> str:
    """Return where bytes of this hash lie in the target."""
    return f"{BLOBS}/{sha256[:2]}/{sha256}"


def place(name: str, part: str) -> str:
    """Return where a part of a backup lies in the target."""
    return f"{BACKUPS}/{name}/{part}"


def _is_key(key: str) -> bool:
    words = key.split("/")
    return not key.startswith("/") and "\0" not in key and not {"", ".", ".."} & set(words)
