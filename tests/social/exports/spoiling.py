"""Ways to spoil an archive: each reads a good one and writes a bad one."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.factories.archives import repacked

Spoil = Callable[[Path, Path], None]


def with_name(name: str, **words: Any) -> Spoil:
    """Add a member of this name, which the list does not hold back."""

    def spoil(good: Path, bad: Path) -> None:
        bad.write_bytes(good.read_bytes())
        info = zipfile.ZipInfo(name)
        for word, value in words.items():
            setattr(info, word, value)
        with zipfile.ZipFile(bad, "a") as archive:
            archive.writestr(info, b"surprise")

    return spoil


def with_files(**changes: Any) -> Spoil:
    """Change files (`data__tracks` is data/tracks.json), and the list with them."""

    def spoil(good: Path, bad: Path) -> None:
        changed: dict[str, bytes | None] = {}
        with zipfile.ZipFile(good) as archive:
            for name, change in changes.items():
                place = f"{name.replace('__', '/')}.json"
                changed[place] = change(archive.read(place))
        repacked(good, bad, changed)

    return spoil


def edited(edit: Callable[[Any], object]) -> Callable[[bytes], bytes]:
    """Return what edits the JSON of a file."""

    def change(data: bytes) -> bytes:
        content = json.loads(data)
        edit(content)
        return json.dumps(content).encode()

    return change


def truncated(good: Path, bad: Path) -> None:
    bad.write_bytes(good.read_bytes()[:-400])


def no_zip(good: Path, bad: Path) -> None:
    bad.write_bytes(b"RIFF" * 1000)


def another_zip(good: Path, bad: Path) -> None:
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr("song.wav", b"RIFF")


def flipped(good: Path, bad: Path) -> None:
    """Another byte in an original: the zip's own sum is not that of the list."""
    data = bytearray(good.read_bytes())
    at = data.index(b"RIFF first light.wav")
    data[at + 100] ^= 1
    bad.write_bytes(bytes(data))


def wrong_hash(good: Path, bad: Path) -> None:
    """Other bytes in a zip that is whole, under the list of before."""
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bad, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[:-1] + b"?" if name.startswith("originals/") else data)


def missing(good: Path, bad: Path) -> None:
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bad, "w") as new:
        for name in old.namelist():
            if not name.startswith("stems/"):
                new.writestr(name, old.read(name))


def bomb(good: Path, bad: Path) -> None:
    """Sixty-four megabytes of nothing, packed into sixty-four kilobytes."""
    bad.write_bytes(good.read_bytes())
    info = zipfile.ZipInfo("originals/bomb.wav")
    info.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(bad, "a") as archive, archive.open(info, "w", force_zip64=True) as file:
        for _ in range(64):
            file.write(bytes(2**20))


def lying(good: Path, bad: Path) -> None:
    """The list and the directory say ten bytes; the member unpacks to far more."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(bytes(2**24)) + packer.flush()
    buffer = io.BytesIO(repacked(good, bad, {"stems/x.wav": b"0123456789"}).read_bytes())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.start_dir  # noqa: B018 - where the directory is written anew
        info = archive.getinfo("stems/x.wav")
        del archive.NameToInfo["stems/x.wav"]
        archive.filelist.remove(info)
        made = zipfile.ZipInfo("stems/x.wav")
        archive.writestr(made, data)
        made.compress_type, made.file_size, made.CRC = zipfile.ZIP_DEFLATED, 10, info.CRC
        header = made.header_offset
        archive.fp.seek(header + 8)  # type: ignore[union-attr]
        archive.fp.write(struct.pack("<H", zipfile.ZIP_DEFLATED))  # type: ignore[union-attr]
        archive.fp.seek(archive.start_dir)  # type: ignore[union-attr]
    bad.write_bytes(buffer.getvalue())


def deep(_data: bytes) -> bytes:
    return b"[" * 100_000


def huge(_data: bytes) -> bytes:
    return b"[" + b" " * (64 * 2**20) + b"]"
