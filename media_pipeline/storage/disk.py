"""Files below one folder of this machine."""

import os
import shutil
import stat
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from media_pipeline.storage.disk_parts import DiskParts, sync_folder
from media_pipeline.storage.port import Stat

CHUNK_BYTES = 256 * 1024
DRAFTS = ".drafts"  # unfinished writes; on the same disk, so that a rename ends them


class DiskStorage(DiskParts):
    """The file system as a storage; every write is a draft that is renamed when it is whole."""

    bucket = ""

    def write(self, key: str, data: bytes, *, content_type: str) -> None:
        """Store `data`; originals are on the disk when this returns, the rest soon after."""
        draft = self._draft()
        try:
            with draft.open("xb", buffering=0) as file:
                view = memoryview(data)
                while view:
                    view = view[file.write(view) :]
                if _is_precious(key):
                    os.fsync(file.fileno())
            self._publish(draft, key)
        finally:
            draft.unlink(missing_ok=True)

    def write_file(self, key: str, path: Path, *, content_type: str) -> None:
        """Store a copy of the file at `path`."""
        draft = self._draft()
        try:
            shutil.copyfile(path, draft)
            if _is_precious(key):
                with draft.open("rb") as file:
                    os.fsync(file.fileno())
            self._publish(draft, key)
        finally:
            draft.unlink(missing_ok=True)

    def read(self, key: str, start: int = 0, end: int | None = None) -> bytes:
        """Return bytes `start` up to `end`. Raises FileNotFoundError."""
        with self.path(key).open("rb") as file:
            file.seek(start)
            return file.read(-1 if end is None else max(0, end - start))

    def stream(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield bytes `start` up to `end`. Raises FileNotFoundError at once."""
        file = self.path(key).open("rb", buffering=0)
        return _chunks(file, start, end)

    def size(self, key: str) -> int:
        """Return the size in bytes. Raises FileNotFoundError."""
        return self.path(key).stat().st_size

    def exists(self, key: str) -> bool:
        """Tell whether there is a file."""
        return self.path(key).is_file()

    def delete(self, key: str) -> None:
        """Remove the file and the folders it leaves empty."""
        path = self.path(key)
        path.unlink(missing_ok=True)
        self._prune(path.parent)

    def delete_prefix(self, prefix: str) -> None:
        """Remove a folder with all that is in it."""
        folder = self.path(prefix.rstrip("/"))
        shutil.rmtree(folder, ignore_errors=True)
        if folder.exists():  # say why
            shutil.rmtree(folder)
        self._prune(folder.parent)

    def list(self, prefix: str) -> Iterator[str]:
        """Yield the keys below a folder."""
        folder = self.path(prefix.rstrip("/")) if prefix else self.root
        for path in folder.rglob("*"):
            key = path.relative_to(self.root).as_posix()
            if path.is_file() and not key.startswith(DRAFTS):
                yield key

    def stats(self, prefix: str) -> Iterator[Stat]:
        """Yield what lies below a folder; `stamp` is when it was written, in nanoseconds."""
        waiting = [prefix.rstrip("/")]
        while waiting:
            folder = waiting.pop()
            for entry in _entries(self.path(folder) if folder else self.root):
                key = f"{folder}/{entry.name}" if folder else entry.name
                if entry.is_dir(follow_symlinks=not folder):  # a kind may lie on another disk
                    waiting.append(key)
                elif found := _stat(entry, key):
                    yield found

    def local_path(self, key: str) -> Path | None:
        """Return where the file lies."""
        return self.path(key)

    def fetch(self, key: str, path: Path) -> None:
        """Copy the file. Raises FileNotFoundError."""
        shutil.copyfile(self.path(key), path)

    def presigned_get(
        self, key: str, seconds: int, content_type: str, *, disposition: str = ""
    ) -> str | None:
        """Return None: there is nobody else who could send it."""
        return None

    def healthcheck(self) -> None:
        """Write, read and delete a probe; raises OSError."""
        key, probe = f"health/{uuid.uuid4()}", b"nexus"
        self.write(key, probe, content_type="text/plain")
        if self.read(key) != probe:
            raise OSError("The disk does not give back what it was given.")
        self.delete(key)

    def sweep_drafts(self, older_than: datetime) -> int:
        """Remove drafts that a killed process has left."""
        stale = [
            draft
            for draft in (self.root / DRAFTS).glob("*")
            if draft.stat().st_mtime < older_than.timestamp()
        ]
        for draft in stale:
            draft.unlink(missing_ok=True)
        return len(stale)

    def _draft(self) -> Path:
        folder = self.root / DRAFTS
        folder.mkdir(parents=True, exist_ok=True)
        return folder / uuid.uuid4().hex

    def _publish(self, draft: Path, key: str) -> None:
        target = self.path(key)
        for _ in range(3):  # `_prune` may take the folder away in between
            try:
                draft.replace(target)
                break
            except FileNotFoundError:
                target.parent.mkdir(parents=True, exist_ok=True)
        else:
            draft.replace(target)
        if _is_precious(key):
            sync_folder(target.parent)

    def _prune(self, folder: Path) -> None:
        while folder != self.root and self.root in folder.parents:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


def _chunks(file: FileIO, start: int, end: int | None) -> Iterator[bytes]:
    with file as source:
        source.seek(start)
        left = end - start if end is not None else None
        while left is None or left > 0:
            chunk = source.read(CHUNK_BYTES if left is None else min(CHUNK_BYTES, left))
            if not chunk:
                return
            left = None if left is None else left - len(chunk)
            yield chunk


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from (entry for entry in entries if not entry.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return


def _stat(entry: os.DirEntry[str], key: str) -> Stat | None:
    try:
        found = entry.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    written = datetime.fromtimestamp(found.st_mtime, UTC)
    return Stat(key, found.st_size, str(found.st_mtime_ns), written)


def _is_precious(key: str) -> bool:
    """Derived files can be made again; what an artist has given cannot."""
    return key.startswith(("originals/", "stems/"))
