"""A backup is whole or none, holds what there is, and copies nothing twice."""

import hashlib
import stat
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from media_pipeline.assets.services.removal import remove_media, sweep_removals
from media_pipeline.backups import formats, services
from media_pipeline.backups.errors import BackupError, SliceOver
from media_pipeline.backups.formats import Entry
from media_pipeline.backups.targets import Target, open_target
from media_pipeline.models import Asset, Backup, Media, Removal
from media_pipeline.storage import get_storage
from media_pipeline.storage.s3 import S3MediaStorage
from tests.media_pipeline.backups.conftest import back_up
from tests.media_pipeline.conftest import BUCKET, KEYS


def entries(target: Target, name: str) -> list[Entry]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "media"
        target.fetch(formats.place(name, formats.MEDIA), path)
        return list(formats.read_entries(path))


def blobs(target: Target) -> dict[str, str]:
    """Return the stamp of every blob."""
    return {found.key: found.stamp for found in target.stats(formats.BLOBS)}


def test_it_holds_every_file_by_its_hash_and_counts_every_row(
    target: Target, storage: Path
) -> None:
    Session.objects.create(session_key="k", session_data="s", expire_date=timezone.now())
    (storage / "uploads" / "half").mkdir(parents=True)
    (storage / "uploads" / "half" / "data").write_bytes(b"half")
    found = back_up(target)
    named = entries(target, found.name)
    lasting = {
        str(path.relative_to(storage))
        for path in storage.rglob("*")
        if path.is_file() and not path.relative_to(storage).parts[0].startswith((".", "uploads"))
    }
    assert {entry.key for entry in named} == lasting
    for entry in named:
        data = (storage / entry.key).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (entry.size, entry.sha256)
        assert target.hash(formats.blob(entry.sha256)) == entry.sha256
    assert (found.files, found.bytes) == (len(named), sum(entry.size for entry in named))
    assert found.rows["media_pipeline_asset"] == Asset.objects.count() == 1
    assert "django_session" not in found.rows
    assert target.backups() == [found]
    run = Backup.objects.get()
    assert (run.state, run.counts["files"]) == (Backup.State.SUCCEEDED, len(named))
    assert not list((Path(str(target)) / ".drafts").glob("*"))


def test_the_keys_are_in_it_for_its_owner_alone_unless_left_out(target: Target) -> None:
    found = back_up(target)
    place = Path(str(target), formats.place(found.name, formats.KEYS))
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert formats.KEYS not in back_up(target, with_keys=False).hashes


def test_what_has_not_changed_is_copied_once(target: Target, piece: Media) -> None:
    first = back_up(target)
    before = blobs(target)
    get_storage().write("images/new.jpg", b"another picture", content_type="image/jpeg")
    second = back_up(target)
    after = blobs(target)
    assert {key: after[key] for key in before} == before
    new = hashlib.sha256(b"another picture").hexdigest()
    assert after.keys() - before.keys() == {formats.blob(new)}
    assert second.files == first.files + 1
    get_storage().delete("images/new.jpg")


def test_a_file_whose_bytes_changed_is_read_again(target: Target, piece: Media) -> None:
    back_up(target)
    key = f"waveforms/{piece.asset_id}.json"
    get_storage().write(key, b"other bytes of it", content_type="application/json")
    found = back_up(target)
    told = {entry.key: entry.sha256 for entry in entries(target, found.name)}
    assert told[key] == hashlib.sha256(b"other bytes of it").hexdigest()


def test_the_newest_stay_and_bytes_nobody_names_go(target: Target) -> None:
    get_storage().write("images/old.jpg", b"old", content_type="image/jpeg")
    old = back_up(target)
    get_storage().delete("images/old.jpg")
    names = [back_up(target, keep=2).name for _ in range(2)]
    assert [found.name for found in target.backups()] == names[::-1]
    assert old.name not in names
    assert formats.blob(hashlib.sha256(b"old").hexdigest()) not in blobs(target)
    for name in names:  # what is left is whole
        for entry in entries(target, name):
            assert formats.blob(entry.sha256) in blobs(target)


def test_bytes_stay_while_a_backup_cannot_be_read(target: Target) -> None:
    get_storage().write("images/old.jpg", b"old", content_type="image/jpeg")
    broken = back_up(target)
    target.write(formats.place(broken.name, formats.DESCRIPTION), b"{")
    get_storage().delete("images/old.jpg")
    back_up(target, keep=1)
    assert formats.blob(hashlib.sha256(b"old").hexdigest()) in blobs(target)


def test_what_is_removed_meanwhile_stays_until_its_end(target: Target, piece: Media) -> None:
    run = services.begin(Backup.Kind.BACKUP, target)
    key = piece.asset.key
    remove_media(piece)
    Removal.objects.update(created_at=timezone.now() - timedelta(hours=1))
    sweep_removals()
    assert get_storage().exists(key)
    services.make(run, target)
    sweep_removals()
    assert not get_storage().exists(key)
    assert not Removal.objects.exists()


def test_two_at_once_are_refused_and_a_dead_one_is_not_waited_for(target: Target) -> None:
    services.begin(Backup.Kind.BACKUP, target)
    with pytest.raises(BackupError, match="Another backup or drill is under way since"):
        services.begin(Backup.Kind.DRILL, target)
    Backup.objects.update(heartbeat_at=timezone.now() - timedelta(hours=1))
    back_up(target)
    assert sorted(Backup.objects.values_list("state", flat=True)) == ["failed", "succeeded"]


def test_a_slice_goes_on_where_it_stopped(target: Target) -> None:
    run = services.begin(Backup.Kind.BACKUP, target)
    seen: list[int] = []

    def pause() -> None:
        seen.append(len(blobs(target)))
        if len(seen) % 2 == 0:
            raise SliceOver

    for _ in range(200):
        run.refresh_from_db()
        try:
            services.make(run, target, pause=pause)
            break
        except SliceOver:
            continue
    assert len(target.backups()) == 1
    assert Backup.objects.get().state == Backup.State.SUCCEEDED


def test_a_target_that_was_emptied_between_two_slices_is_filled_again(
    target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("media_pipeline.backups.progress.WRITE_SECONDS", 0)
    run = services.begin(Backup.Kind.BACKUP, target)
    steps: list[int] = []

    def pause() -> None:
        steps.append(1)
        if len(steps) == 3:
            raise SliceOver

    with pytest.raises(SliceOver):
        services.make(run, target, pause=pause)
    target.drop_all(formats.BLOBS)
    run.refresh_from_db()
    found = services.make(run, target)
    for entry in entries(target, found.name):
        assert formats.blob(entry.sha256) in blobs(target)


def test_an_original_that_is_not_as_it_arrived_is_told(target: Target, piece: Media) -> None:
    Asset.objects.update(sha256="0" * 64)
    found = back_up(target)
    assert found.complaints == [f"{piece.asset.key} has other bytes than those that arrived."]


def _file_in_the_way(folder: Path) -> str:
    (folder / "file").write_text("here")
    return str(folder / "file")


def _read_only(_folder: Path) -> str:
    return "/proc/nexus-backups"


def _of_another(folder: Path) -> str:
    (folder / "theirs").mkdir()
    (folder / "theirs" / formats.OWNER).write_text('{"site": "another"}')
    return str(folder / "theirs")


def _in_the_music(folder: Path) -> str:
    return str(folder / "media" / "backups")


REFUSED: list[tuple[Callable[[Path], str], str]] = [
    (_file_in_the_way, "cannot be made: File exists"),
    (_read_only, "cannot be made: No such file or directory"),
    (_of_another, "holds the backups of another Nexus"),
    (_in_the_music, "lies within the music itself"),
    (lambda _folder: "s3://", "Say which bucket"),
    (lambda _folder: "", "Say where to"),
]


@pytest.mark.parametrize(("address", "sentence"), REFUSED)
def test_a_place_that_cannot_be_is_a_sentence(
    target: Target, tmp_path: Path, address: Callable[[Path], str], sentence: str
) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    place = address(tmp_path)
    with pytest.raises(BackupError, match=sentence):
        back_up(open_target(place))
    made = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert {path.name for path in made} <= {"file", formats.OWNER} | {
        path.name for path in made if ".sqlite" in path.name
    }


def test_a_bucket_keeps_them_as_a_folder_does(
    piece: Media, endpoint: str, bucket: S3MediaStorage, settings: Any
) -> None:
    settings.NEXUS_BACKUP_S3 = settings.NEXUS_BACKUP_S3 | {
        "endpoint_url": endpoint,
        "region_name": KEYS["S3_REGION"],
        "access_key": KEYS["S3_ACCESS_KEY"],
        "secret_key": KEYS["S3_SECRET_KEY"],
    }
    target = open_target(f"s3://{BUCKET}/safe/place")
    found = back_up(target)
    for entry in entries(target, found.name):
        assert target.hash(formats.blob(entry.sha256)) == entry.sha256
    assert {key.split("/")[0] for key in bucket.list("")} == {"safe"}
    with pytest.raises(BackupError, match="no-such-bucket"):
        back_up(open_target("s3://no-such-bucket/x"))


def test_nothing_of_it_is_left_on_this_machine(target: Target, settings: Any) -> None:
    back_up(target)
    left = [path.name for path in (Path(settings.STATE_DIR) / "backups").iterdir()]
    assert [name for name in left if "sqlite" not in name] == []
