"""One port, two storages: what holds for the disk holds for S3, shown on a real server of each."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from media_pipeline.storage import MediaStorage
from media_pipeline.storage.disk import DRAFTS, DiskStorage
from media_pipeline.storage.s3 import S3MediaStorage

DATA = bytes(range(256)) * 4000  # four chunks


@pytest.fixture(params=["disk", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MediaStorage]:
    """An empty storage of either kind."""
    if request.param == "disk":
        yield DiskStorage(tmp_path / "media")
        return
    found: MediaStorage = request.getfixturevalue("bucket")
    yield found
    for key in list(found.list("")):
        found.delete(key)


def test_bytes_come_back_whole_and_in_part(storage: MediaStorage) -> None:
    storage.write("transcodes/a/1/x.m4s", DATA, content_type="audio/mp4")
    key = "transcodes/a/1/x.m4s"
    assert storage.read(key) == DATA
    assert storage.read(key, 10, 20) == DATA[10:20]
    assert storage.read(key, len(DATA) - 5) == DATA[-5:]
    assert storage.read(key, 7, 7) == b""
    assert b"".join(storage.stream(key)) == DATA
    assert b"".join(storage.stream(key, 100, 600_000)) == DATA[100:600_000]
    assert storage.size(key) == len(DATA)
    assert storage.exists(key)


def test_a_write_replaces(storage: MediaStorage) -> None:
    storage.write("a/b", b"old and long", content_type="text/plain")
    storage.write("a/b", b"new", content_type="text/plain")
    assert storage.read("a/b") == b"new"
    assert list(storage.list("a")) == ["a/b"]


def test_an_empty_file_is_a_file(storage: MediaStorage) -> None:
    storage.write("a/empty", b"", content_type="text/plain")
    assert storage.read("a/empty") == b""
    assert storage.size("a/empty") == 0


def test_what_is_not_there_is_said_so(storage: MediaStorage, tmp_path: Path) -> None:
    assert not storage.exists("no/such")
    storage.delete("no/such")
    storage.delete_prefix("no/such/")
    assert list(storage.list("no/such/")) == []
    for ask in (storage.read, storage.size, storage.stream):
        with pytest.raises(FileNotFoundError):
            ask("no/such")
    with pytest.raises(FileNotFoundError):
        storage.fetch("no/such", tmp_path / "copy")


def test_files_go_in_and_out(storage: MediaStorage, tmp_path: Path) -> None:
    source, copy = tmp_path / "source", tmp_path / "copy"
    source.write_bytes(DATA)
    storage.write_file("originals/one.wav", source, content_type="audio/wav")
    storage.fetch("originals/one.wav", copy)
    assert copy.read_bytes() == DATA


@pytest.mark.parametrize("prefix", ["t/1", "t/1/"])
def test_a_prefix_is_a_directory(storage: MediaStorage, prefix: str) -> None:
    for key in ("t/1/a", "t/1/deep/b", "t/10/c", "u/d"):
        storage.write(key, b"x", content_type="text/plain")
    assert sorted(storage.list(prefix)) == ["t/1/a", "t/1/deep/b"]
    storage.delete_prefix(prefix)
    assert sorted(storage.list("")) == ["t/10/c", "u/d"]


def test_a_listing_tells_sizes_and_what_has_changed(storage: MediaStorage) -> None:
    begun = datetime.now(UTC) - timedelta(seconds=2)
    for key, data in {"t/1/a": b"x", "t/1/deep/b": DATA, "t/10/c": b"", "u": b"12"}.items():
        storage.write(key, data, content_type="text/plain")
    found = {stat.key: stat for stat in storage.stats("")}
    assert {key: stat.size for key, stat in found.items()} == {
        "t/1/a": 1,
        "t/1/deep/b": len(DATA),
        "t/10/c": 0,
        "u": 2,
    }
    assert all(begun <= stat.modified <= datetime.now(UTC) for stat in found.values())
    assert sorted(stat.key for stat in storage.stats("t/1")) == ["t/1/a", "t/1/deep/b"]
    assert sorted(stat.key for stat in storage.stats("t/1/")) == ["t/1/a", "t/1/deep/b"]
    assert list(storage.stats("no/such")) == []
    storage.write("t/1/a", b"y", content_type="text/plain")
    again = {stat.key: stat for stat in storage.stats("t")}
    assert again["t/1/a"].stamp != found["t/1/a"].stamp
    assert again["t/1/deep/b"] == found["t/1/deep/b"]


def test_what_is_hidden_is_not_listed(storage: MediaStorage) -> None:
    for key in (".drafts/half", ".spool/deep/x", "a/.tmp", "a/b"):
        storage.write(key, b"x", content_type="text/plain")
    assert [stat.key for stat in storage.stats("")] == ["a/b"]


def test_what_vanishes_during_a_listing_is_left_out(tmp_path: Path) -> None:
    disk = DiskStorage(tmp_path)
    keys = [f"t/{folder}/{name}" for folder in range(5) for name in range(3)]
    for key in keys:
        disk.write(key, b"x", content_type="text/plain")
    listing = disk.stats("")
    first = next(listing).key
    disk.delete_prefix("t")
    rest = [stat.key for stat in listing]
    assert first in keys
    assert all(key.startswith(first.rpartition("/")[0]) for key in rest)


def test_a_folder_on_another_disk_is_listed_too(tmp_path: Path) -> None:
    disk = DiskStorage(tmp_path / "media")
    (tmp_path / "other" / "deep").mkdir(parents=True)
    (tmp_path / "other" / "deep" / "x").write_bytes(b"x")
    (tmp_path / "other" / "loop").symlink_to(tmp_path / "other")
    disk.root.mkdir()
    (disk.root / "transcodes").symlink_to(tmp_path / "other")
    assert [stat.key for stat in disk.stats("")] == ["transcodes/deep/x"]


def test_everything_is_never_removed_at_once(storage: MediaStorage) -> None:
    storage.write("u/d", b"x", content_type="text/plain")
    for prefix in ("", "/"):
        with pytest.raises(ValueError, match="Not a key"):
            storage.delete_prefix(prefix)
    assert list(storage.list("")) == ["u/d"]


def test_the_health_check_leaves_nothing(storage: MediaStorage) -> None:
    storage.healthcheck()
    assert list(storage.list("")) == []


@pytest.mark.parametrize("key", ["/etc/passwd", "../x", "a/../../x", "a//b", "", "a/./b"])
def test_no_key_leads_out_of_the_folder(tmp_path: Path, key: str) -> None:
    disk = DiskStorage(tmp_path / "media")
    for action in (disk.read, disk.delete, disk.size, disk.delete_prefix):
        with pytest.raises(ValueError, match="Not a key"):
            action(key)


def test_the_disk_is_tidy(tmp_path: Path) -> None:
    disk = DiskStorage(tmp_path)
    disk.write("transcodes/a/1/opus/x", b"x", content_type="audio/mp4")
    disk.delete("transcodes/a/1/opus/x")
    assert [path.name for path in tmp_path.iterdir()] == [DRAFTS]


def test_drafts_of_the_killed_are_swept(tmp_path: Path) -> None:
    disk = DiskStorage(tmp_path)
    (tmp_path / DRAFTS).mkdir()
    (tmp_path / DRAFTS / "left").write_bytes(b"half")
    now = datetime.now(UTC)
    assert disk.sweep_drafts(now - timedelta(hours=1)) == 0
    assert list(disk.list("")) == []
    assert disk.sweep_drafts(now + timedelta(seconds=1)) == 1
    assert not list((tmp_path / DRAFTS).iterdir())


def test_only_s3_gives_addresses(bucket: S3MediaStorage, tmp_path: Path) -> None:
    assert DiskStorage(tmp_path).presigned_get("a", 60, "audio/mp4") is None
    assert DiskStorage(tmp_path).local_path("a/b") == tmp_path / "a" / "b"
    assert "a/b" in (bucket.presigned_get("a/b", 60, "audio/mp4") or "")
    assert bucket.local_path("a/b") is None
