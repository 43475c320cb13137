"""A zip whose bytes are known before they are read, as foreign readers see it."""

import io
import random
import shutil
import subprocess
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracks.downloads import layout
from tracks.downloads.layout import Member, Stretch

WHEN = datetime(2026, 11, 30, 12, 34, 56, tzinfo=UTC)
STORED = {"a": bytes(range(256)) * 50, "b": b"sound" * 1000}
NAMES = ["1-01 Über.flac", "1-02 سلام.flac", "2-01 日本.flac", "cover.jpg"]


def member(name: str, *stretches: Stretch) -> Member:
    data = b"".join(map(read, stretches))
    return Member(name, stretches, len(data), zlib.crc32(data), WHEN)


def read(stretch: Stretch) -> bytes:
    if isinstance(stretch, bytes):
        return stretch
    key, start, end = stretch
    return STORED[key][start:end]


def members() -> list[Member]:
    return [
        member(NAMES[0], b"head", ("a", 10, 9000), b"tail"),
        member(NAMES[1], ("b", 0, 5000)),
        member(NAMES[2], b""),
        member(NAMES[3], b"jpeg"),
    ]


def whole() -> tuple[list[Stretch], bytes]:
    stretches = layout.zipped(members())
    return stretches, b"".join(map(read, stretches))


def test_python_and_unzip_read_it(tmp_path: Path) -> None:
    stretches, data = whole()
    assert len(data) == layout.size_of(stretches)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == NAMES
        info = archive.infolist()[0]
        assert info.date_time == (2026, 11, 30, 12, 34, 56)
        assert info.external_attr >> 16 == 0o100644
        assert archive.read(NAMES[0]) == b"head" + STORED["a"][10:9000] + b"tail"
    if shutil.which("unzip"):
        path = tmp_path / "a.zip"
        path.write_bytes(data)
        said = subprocess.run(["unzip", "-t", str(path)], capture_output=True, text=True)
        assert said.returncode == 0, said.stdout
        assert "No errors" in said.stdout


def test_every_range_is_that_of_the_whole() -> None:
    stretches, data = whole()
    chance = random.Random(7)
    for _ in range(500):
        start = chance.randrange(len(data))
        end = chance.randrange(start, len(data) + 1)
        got = b"".join(map(read, layout.part(stretches, start, end)))
        assert got == data[start:end]


def test_nothing_before_a_range_is_read() -> None:
    stretches, data = whole()
    at = data.index(STORED["b"][:100])
    assert list(layout.part(stretches, at + 7, at + 9)) == [("b", 7, 9)]


@pytest.mark.parametrize("sizes", [[5 << 30], [3 << 30, 2 << 30, 100_000], [(1 << 32) - 1]])
def test_sizes_beyond_32_bits_are_read_by_others(sizes: list[int], tmp_path: Path) -> None:
    """The sound is a hole in a file: only headers lie on the disk."""
    found = [Member(f"{n}.wav", [("hole", 0, size)], size, 0, WHEN) for n, size in enumerate(sizes)]
    stretches, path, at = layout.zipped(found), tmp_path / "large.zip", 0
    with path.open("wb") as file:
        for stretch in stretches:
            if isinstance(stretch, bytes):
                file.seek(at)
                file.write(stretch)
                at += len(stretch)
            else:
                at += stretch[2] - stretch[1]
        file.truncate(at)
    assert at == layout.size_of(stretches)
    with zipfile.ZipFile(path) as archive:
        assert [info.file_size for info in archive.infolist()] == sizes
        for info in archive.infolist():
            with archive.open(info) as part:
                assert part.read(9) == bytes(9)
    if shutil.which("unzip"):
        listed = subprocess.run(["unzip", "-Z1", str(path)], capture_output=True, text=True)
        assert listed.stdout.split() == [member.name for member in found], listed.stderr


def test_more_files_than_a_zip_can_hold_are_refused() -> None:
    one = Member("x", [b""], 0, 0, WHEN)
    with pytest.raises(ValueError, match="65,535"):
        layout.zipped([one] * 65_536)
