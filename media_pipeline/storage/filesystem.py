"""Files on this machine."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import storages

from media_pipeline.storage.port import CHUNK_BYTES


class FileMediaStorage:
    """Keys are paths below one folder. Whole files appear by rename."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def from_settings(cls) -> "FileMediaStorage":
        """Return the storage of `STORAGES["default"]`."""
        storage: Any = storages["default"]
        return cls(Path(storage.location))

    def write(self, key: str, data: bytes, *, content_type: str) -> None:
        """Store derived bytes: whole for every reader, but not fsynced: they can be made again."""
        target = self._target(key)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".new-", delete=False) as file:
            file.write(data)
        _appear(Path(file.name), target)

    def write_file(self, key: str, path: Path, *, content_type: str) -> None:
        """Store a copy of a local file, fsynced."""
        target = self._target(key)
        with (
            path.open("rb") as source,
            tempfile.NamedTemporaryFile(dir=target.parent, prefix=".new-", delete=False) as file,
        ):
            shutil.copyfileobj(source, file, 4 * 1024 * 1024)
            file.flush()
            os.fsync(file.fileno())
        _appear(Path(file.name), target)
        sync_folder(target.parent)

    def read(self, key: str, start: int = 0, end: int | None = None) -> bytes:
        """Return the bytes from `start` to `end`."""
        with self.path_of(key).open("rb") as file:
            file.seek(start)
            return file.read() if end is None else file.read(max(0, end - start))

    def stream(self, key: str, start: int, end: int) -> Iterator[bytes]:
        """Yield the bytes from `start` to `end`."""
        with self.path_of(key).open("rb") as file:
            file.seek(start)
            left = end - start
            while left > 0 and (chunk := file.read(min(CHUNK_BYTES, left))):
                left -= len(chunk)
                yield chunk

    def size(self, key: str) -> int:
        """Return the number of bytes."""
        return self.path_of(key).stat().st_size

    def exists(self, key: str) -> bool:
        """Tell whether the key is there."""
        return self.path_of(key).is_file()

    def delete(self, key: str) -> None:
        """Remove one file."""
        self.path_of(key).unlink(missing_ok=True)

    def delete_prefix(self, prefix: str) -> None:
        """Remove one folder and, when they are empty then, the folders above it."""
        folder = self.path_of(prefix)
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            for parent in folder.relative_to(self.root).parents:
                if parent.name:
                    (self.root / parent).rmdir()

    def list(self, prefix: str) -> Iterator[str]:
        """Yield every key below a folder."""
        for folder, _, names in os.walk(self.path_of(prefix)):
            for name in names:
                yield (Path(folder) / name).relative_to(self.root).as_posix()

    def local_path(self, key: str) -> Path | None:
        """Return the file itself."""
        return self.path_of(key)

    def fetch(self, key: str, path: Path) -> None:
        """Copy to a local path."""
        shutil.copyfile(self.path_of(key), path)

    def presigned_get(self, key: str, seconds: int, content_type: str) -> str | None:
        """Nobody but Nexus serves these files."""
        return None

    def path_of(self, key: str) -> Path:
        """Return where `key` lies. Raises ValueError for one that would leave the folder."""
        if key.startswith("/") or "\0" in key or ".." in key.split("/"):
            raise ValueError(f"{key!r} is no key.")
        return self.root / key

    def _target(self, key: str) -> Path:
        target = self.path_of(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        return target


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _appear(new: Path, target: Path) -> None:
    try:
        new.chmod(0o644)  # nginx may run as somebody else
        new.replace(target)
    except OSError:
        new.unlink(missing_ok=True)
        raise
