"""What every storage can do, so that nobody has to ask which one it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol


class ClosedError(Exception):
    """The upload takes no parts any more: it was assembled or dropped."""


class PartsBusyError(Exception):
    """Bytes of this upload are being written at this very moment."""


@dataclass(frozen=True)
class Place:
    """Where an upload's bytes go: its id, the key of the original to be, S3's UploadId."""

    id: str
    key: str
    ref: str = ""


@dataclass(frozen=True)
class Part:
    """A part that has arrived whole. `etag` is its quoted MD5, as S3 has it."""

    number: int
    size: int
    etag: str


@dataclass(frozen=True)
class Address:
    """Where one part is to be sent. `url` may be a path of this site."""

    number: int
    url: str
    expires_at: datetime
    method: str = "PUT"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stat:
    """One stored file as it is listed: bytes, when it was written, and what tells it from others.

    `stamp` changes when the bytes change; it is opaque, and means something for its key only.
    """

    key: str
    size: int
    stamp: str
    modified: datetime


class MediaStorage(Protocol):
    """Keys are relative paths of our own making. A write is seen whole or not at all."""

    bucket: str  # where S3 keeps them; empty on the file system

    @property
    def root(self) -> Path | None:
        """The folder of this machine that holds everything; None when it lies elsewhere."""

    def write(self, key: str, data: bytes, *, content_type: str) -> None:
        """Store `data` under `key`, in place of what was there."""

    def write_file(self, key: str, path: Path, *, content_type: str) -> None:
        """Store a copy of the local file at `path` under `key`."""

    def read(self, key: str, start: int = 0, end: int | None = None) -> bytes:
        """Return bytes `start` up to, not including, `end`. Raises FileNotFoundError."""

    def stream(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Like `read`, in chunks."""

    def size(self, key: str) -> int:
        """Return the size in bytes. Raises FileNotFoundError."""

    def exists(self, key: str) -> bool:
        """Tell whether something is stored under `key`."""

    def delete(self, key: str) -> None:
        """Remove `key`; nothing happens when it is not there."""

    def delete_prefix(self, prefix: str) -> None:
        """Remove every key below a directory."""

    def list(self, prefix: str) -> Iterator[str]:
        """Yield every key below a directory; an empty prefix means all."""

    def stats(self, prefix: str) -> Iterator[Stat]:
        """Yield every key below a directory with its size, in no order; empty means all.

        What vanishes meanwhile is left out, and so is what lies hidden: drafts, spools. Memory
        does not grow with the number of keys.
        """

    def local_path(self, key: str) -> Path | None:
        """Return where the file lies on this machine; None when it lies elsewhere."""

    def fetch(self, key: str, path: Path) -> None:
        """Copy the bytes to a local file. Raises FileNotFoundError."""

    def presigned_get(
        self, key: str, seconds: int, content_type: str, *, disposition: str = ""
    ) -> str | None:
        """Return an address that gives the bytes for `seconds`; None when there is none."""

    def healthcheck(self) -> None:
        """Write, read and delete a probe; raises whatever goes wrong."""

    # An original on its way in, part by part.

    def begin(self, place: Place) -> str:
        """Make room for the parts; returns the `ref` to keep."""

    def address(self, place: Place, number: int, size: int, life: timedelta) -> Address:
        """Return where to send part `number` of exactly `size` bytes."""

    def parts(self, place: Place) -> Sequence[Part]:
        """Return the parts that have arrived, by number; none for an upload that is gone."""

    def assemble(self, place: Place, expected: Sequence[Part]) -> bool:
        """Make the original of exactly the parts expected and take no more of them.

        True when it is there, also when that was done before; False when other parts have
        arrived than those expected, and nothing has changed. Raises PartsBusyError while a part
        is still being written.
        """

    def forget(self, place: Place) -> None:
        """Remove what only served to receive the parts; the original stays. Never fails twice."""

    def drop(self, place: Place) -> None:
        """Remove the parts of an upload that will not be completed."""

    def remains(self) -> Iterator[tuple[Place, datetime]]:
        """Yield every upload of which parts may be there, and when it was last touched."""

    def sweep_drafts(self, older_than: datetime) -> int:
        """Remove unfinished writes of killed processes; returns how many."""
