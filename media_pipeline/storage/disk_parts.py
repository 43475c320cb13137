"""Parts written straight to their place in one file; a marker for each is the only truth.

    uploads/<id>/data        the bytes, each part at its offset
    uploads/<id>/<n>.json    part n is on the disk: its size and ETag
    uploads/<id>/door        locked shared by who writes, alone by who assembles
    uploads/<id>/<n>.lock    locked by the one who writes part n

The locks are flock(2): they end with the process, however it ends.
"""

import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from config.lib.disk import is_full
from media_pipeline import faults
from media_pipeline.storage import part_addresses
from media_pipeline.storage.holes import punch
from media_pipeline.storage.port import Address, ClosedError, Part, PartsBusyError, Place

UPLOADS = "uploads"
CHUNK_BYTES = 256 * 1024
DOOR_SECONDS = 5.0  # how long assembling waits for parts that are being written


class DiskParts:
    """The half of the disk's storage that receives originals."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, key: str) -> Path:
        """Return where a key lies. Raises ValueError for one that leaves the root."""
        if key.startswith("/") or any(word in {"", ".", ".."} for word in key.split("/")):
            raise ValueError(f"Not a key: {key!r}")
        return self.root / key

    def begin(self, place: Place) -> str:
        """Make the folder and the empty file."""
        folder = self._upload(place)
        folder.mkdir(parents=True)
        (folder / "door").touch()
        (folder / "data").touch()
        sync_folder(folder)
        sync_folder(folder.parent)
        return ""

    def address(self, place: Place, number: int, size: int, life: timedelta) -> Address:
        """Return Nexus's own signed address."""
        return part_addresses.sign(place.id, number, size, life)

    def receive(
        self, place: Place, number: int, *, source: BinaryIO, offset: int, size: int
    ) -> Part:
        """Write one part as it comes from `source`; when this returns it is on the disk.

        A part that is sent again with the same bytes stays acknowledged all the while. Raises
        ClosedError, PartsBusyError, and EOFError when `source` ends early. On a full disk the
        OSError says so, and the half that was written takes no room any more.
        """
        folder = self._upload(place)
        with _locked(folder / "door", fcntl.LOCK_SH), _locked(folder / f"{number}.lock"):
            try:
                data = os.open(folder / "data", os.O_RDWR)
            except FileNotFoundError:
                raise ClosedError from None
            marker = folder / f"{number}.json"
            try:
                digest = _copy(source, data, offset=offset, size=size, marker=marker)
                os.fdatasync(data)
                faults.point("upload:fsync", str(number))
                part = Part(number, size, f'"{digest}"')
                _mark(folder, marker, part)
            except OSError as error:
                if is_full(error) and not marker.exists():
                    punch(data, offset, size)
                raise
            finally:
                os.close(data)
            faults.point("upload:rename", str(number))
            return part

    def parts(self, place: Place) -> Sequence[Part]:
        """Return the parts that have a marker."""
        found = []
        for marker in self._upload(place).glob("*.json"):
            with suppress(FileNotFoundError):
                found.append(Part(int(marker.stem), **json.loads(marker.read_bytes())))
        return sorted(found, key=lambda part: part.number)

    def assemble(self, place: Place, expected: Sequence[Part]) -> bool:
        """Give the file its name among the originals; nothing is copied."""
        folder, target = self._upload(place), self.path(place.key)
        with _locked(folder / "door", wait=DOOR_SECONDS, missing_ok=True):
            if not (folder / "data").exists():
                return target.exists()
            if list(self.parts(place)) != list(expected):
                return False
            target.parent.mkdir(parents=True, exist_ok=True)
            (folder / "data").replace(target)
            sync_folder(target.parent)
            sync_folder(folder)
        faults.point("upload:assemble")
        return True

    def forget(self, place: Place) -> None:
        """Remove the folder with its markers."""
        shutil.rmtree(self._upload(place), ignore_errors=True)

    def drop(self, place: Place) -> None:
        """Remove the folder with all that has arrived."""
        self.forget(place)

    def remains(self) -> Iterator[tuple[Place, datetime]]:
        """Yield the folders, and when a part was last marked or begun in each."""
        for folder in (self.root / UPLOADS).glob("*"):
            with suppress(FileNotFoundError):
                touched = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
                yield Place(folder.name, ""), touched

    def _upload(self, place: Place) -> Path:
        return self.path(f"{UPLOADS}/{place.id}")


def sync_folder(folder: Path) -> None:
    """Make the names in a folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copy(source: BinaryIO, data: int, *, offset: int, size: int, marker: Path) -> str:
    """Write `size` bytes at `offset` and return their MD5 in hex.

    Bytes that are there already are not written again; the first that differ end the marker.
    """
    digest, done = hashlib.md5(usedforsecurity=False), 0
    acknowledged = marker.exists()
    while done < size:
        chunk = source.read(min(CHUNK_BYTES, size - done))
        if not chunk:
            raise EOFError
        digest.update(chunk)
        if acknowledged and os.pread(data, len(chunk), offset + done) != chunk:
            marker.unlink()
            sync_folder(marker.parent)
            acknowledged = False
        if not acknowledged:
            _write_at(data, chunk, offset + done)
        faults.point("upload:receiving", marker.stem)
        done += len(chunk)
    return digest.hexdigest()


def _write_at(data: int, chunk: bytes, offset: int) -> None:
    view = memoryview(chunk)
    while view:
        written = os.pwrite(data, view, offset)
        view, offset = view[written:], offset + written


def _mark(folder: Path, marker: Path, part: Part) -> None:
    draft = marker.with_suffix(".draft")
    try:
        with draft.open("wb") as file:
            file.write(json.dumps({"size": part.size, "etag": part.etag}).encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(marker)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(folder)


@contextmanager
def _locked(
    path: Path, how: int = fcntl.LOCK_EX, *, wait: float = 0.0, missing_ok: bool = False
) -> Iterator[None]:
    """Hold the lock of an existing door, or of a part. Raises ClosedError, PartsBusyError."""
    flags = os.O_RDWR if path.name == "door" else os.O_RDWR | os.O_CREAT
    try:
        handle = os.open(path, flags, 0o600)
    except FileNotFoundError:
        if not missing_ok:
            raise ClosedError from None
        yield
        return
    deadline = time.monotonic() + wait
    try:
        while True:
            try:
                fcntl.flock(handle, how | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise PartsBusyError from None
                time.sleep(0.02)
        yield
    finally:
        os.close(handle)
