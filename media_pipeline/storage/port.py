"""What the machine asks of a storage, and nothing more."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

CHUNK_BYTES = 256 * 1024


class MediaStorage(Protocol):
    """Files by key. A missing key raises FileNotFoundError; a written one is there whole."""

    def write(self, key: str, data: bytes, *, content_type: str) -> None:
        """Store `data`; readers see the old file or the new one, never half."""

    def write_file(self, key: str, path: Path, *, content_type: str) -> None:
        """Store a local file, copied; durable when this returns."""

    def read(self, key: str, start: int = 0, end: int | None = None) -> bytes:
        """Return the bytes from `start` up to, but not including, `end`."""

    def stream(self, key: str, start: int, end: int) -> Iterator[bytes]:
        """Yield the same bytes in chunks."""

    def size(self, key: str) -> int:
        """Return the number of bytes."""

    def exists(self, key: str) -> bool:
        """Tell whether the key is there."""

    def delete(self, key: str) -> None:
        """Remove the file; a missing one is no error."""

    def delete_prefix(self, prefix: str) -> None:
        """Remove everything below `prefix`, a directory name without its trailing slash."""

    def list(self, prefix: str) -> Iterator[str]:
        """Yield every key below the directory `prefix`."""

    def local_path(self, key: str) -> Path | None:
        """Return the file on this machine; None where the storage is elsewhere."""

    def fetch(self, key: str, path: Path) -> None:
        """Copy the file to a local path."""

    def presigned_get(self, key: str, seconds: int, content_type: str) -> str | None:
        """Return an address that opens the file for so long; None where there is no such thing."""
