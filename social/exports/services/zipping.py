"""Writing an archive file by file, in bounded memory; what was written stands in its manifest."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FORMAT, VERSION = "nexus-archive", 1
MANIFEST = "manifest.json"
README = """\
This is the archive of everything that {name} (@{handle}) has on {site}.
It was made on {day}.

data/       your data, a file of JSON for each part; schemas/ says what each field means
originals/  your music as you uploaded it, byte for byte, a folder for each piece
stems/      the stems of your versions
visuals/    the pictures and films of your pieces
archive.json   what this is, and how many things are in it
manifest.json  the size and SHA-256 of every other file

In data/:

{sections}

Times are in UTC, moments of a piece in milliseconds. What has the same bytes twice is here once:
"path" in data/versions.json and its neighbours says where.
{missing}
Another Nexus takes all of it in:

    manage.py import_archive {filename} --as HANDLE
"""
MISSING = """
These originals are not here, as the site has them no more:

{}
"""


class ArchiveWriter:
    """A zip in the making. `on_bytes` is told of every chunk, and may raise to end it."""

    def __init__(self, path: Path, made_at: datetime, on_bytes: Callable[[int], None]) -> None:
        self._zip = zipfile.ZipFile(path, "x", allowZip64=True)
        self._time = made_at.astimezone(UTC).timetuple()[:6]
        self._on_bytes = on_bytes
        self.files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, chunks: Iterable[bytes], *, packed: bool = True) -> None:
        """Write one file. What is compressed already is not `packed` once more."""
        info = zipfile.ZipInfo(name, self._time)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o644 << 16
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as file:
            for chunk in chunks:
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                self._on_bytes(len(chunk))
        self.files[name] = {"size": size, "sha256": digest.hexdigest()}

    def add_json(self, name: str, content: Any) -> None:
        """Write one JSON document, for people to read, too."""
        self.add(name, [json.dumps(content, ensure_ascii=False, indent=1).encode(), b"\n"])

    def add_rows(self, name: str, rows: Iterable[dict[str, Any]]) -> int:
        """Write a JSON array with a row on each line; return how many there were."""
        count = 0

        def lines() -> Iterator[bytes]:
            nonlocal count
            yield b"["
            for row in rows:
                line = json.dumps(row, ensure_ascii=False, allow_nan=False)
                yield (b",\n" if count else b"\n") + line.encode()
                count += 1
            yield b"\n]\n"

        self.add(name, lines())
        return count

    def finish(self) -> None:
        """Write the manifest of all files, as the last one, and close the zip."""
        self.add_json(MANIFEST, {"files": dict(sorted(self.files.items()))})
        self._zip.close()

    def abandon(self) -> None:
        """Let go of the file; what was written is of no use."""
        if self._zip.fp is not None:
            self._zip.fp.close()
            self._zip.fp = None
