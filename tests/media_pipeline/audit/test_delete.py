"""Only orphans seen twice a day apart are deleted, and none that a row names by then."""

import threading
from typing import Any

import pytest
from django.db import connections, transaction

from config.lib.ids import uuid7
from media_pipeline.assets.services.removal import remove_asset
from media_pipeline.audit.services.orphans import removable, remove_orphans
from media_pipeline.audit.services.sweep import sweep
from media_pipeline.locks import lock
from media_pipeline.models import Asset, Backup, Job, StorageFinding
from media_pipeline.storage import MediaStorage, get_storage
from tests.factories.media_pipeline import AssetFactory, JobFactory, UploadFactory, finish
from tests.media_pipeline.audit.days import found, put, seen_a_day_ago, seen_once, sweep_tomorrow

pytestmark = pytest.mark.django_db

GONE = uuid7()
OURS = [f"originals/{GONE}.wav", f"transcodes/{GONE}/a1/opus/init.mp4", f"waveforms/{GONE}.png"]


def test_what_was_seen_twice_a_day_apart_goes(storage: MediaStorage) -> None:
    asset = finish(AssetFactory.create())
    kept = [asset.key, f"transcodes/{asset.pk}/a1/mp3_320.mp3", "readme.txt"]
    put(*OURS, *kept)
    sweep_tomorrow()
    seen_once()
    assert remove_orphans().count == 0
    assert list(removable()) == []
    seen_a_day_ago()
    assert {finding.key for finding in removable()} == set(OURS)
    assert set(storage.list("")) == {*OURS, *kept}
    removed = remove_orphans()
    assert (removed.count, removed.bytes, removed.left) == (3, 15, 1)
    assert set(storage.list("")) == set(kept)
    assert found("orphan") == {"readme.txt"}  # nobody knows whose it is: a person has to look


def name_by_asset(key: str) -> None:
    AssetFactory.create(key=key)


def name_by_upload(_key: str) -> None:
    UploadFactory.create(id=GONE)


def name_by_removal(key: str) -> None:
    remove_asset(AssetFactory.create(id=GONE, key=key))


@pytest.mark.parametrize("name", [name_by_asset, name_by_upload, name_by_removal])
def test_what_got_a_row_since_stays(disk: MediaStorage, name: Any) -> None:
    put(OURS[0])
    sweep_tomorrow()
    seen_a_day_ago()
    name(OURS[0])
    assert remove_orphans().count == 0
    assert list(disk.list("")) == [OURS[0]]
    assert not StorageFinding.objects.exists()


def test_an_attempt_that_runs_since_stays(disk: MediaStorage) -> None:
    asset = AssetFactory.create()
    put(f"transcodes/{asset.pk}/a1/opus/init.mp4")
    sweep_tomorrow()
    seen_a_day_ago()
    JobFactory.create(asset=asset, attempt_key="a1")
    assert remove_orphans().count == 0
    assert list(disk.list(""))


def test_missing_and_damaged_are_never_deleted(disk: MediaStorage) -> None:
    asset = AssetFactory.create()
    put(asset.key)
    for kind in ("missing", "damaged"):
        StorageFinding.objects.create(kind=kind, key=asset.key, seen_at=asset.created_at)
    seen_a_day_ago()
    assert remove_orphans(StorageFinding.objects.all()).left == 2
    assert remove_orphans().count == 0
    assert disk.exists(asset.key)


def test_what_is_gone_already_is_only_forgotten(disk: MediaStorage) -> None:
    put(OURS[0])
    sweep_tomorrow()
    seen_a_day_ago()
    disk.delete(OURS[0])
    removed = remove_orphans()
    assert (removed.count, removed.bytes) == (0, 0)
    assert not StorageFinding.objects.exists()


def test_a_day_between_is_needed_after_it_was_named_for_a_while(disk: MediaStorage) -> None:
    put(OURS[0])
    sweep_tomorrow()
    seen_a_day_ago()
    asset = AssetFactory.create(key=OURS[0])
    sweep()
    Asset.objects.filter(pk=asset.pk).update(key="originals/other.wav")
    sweep_tomorrow()
    seen_once()
    assert remove_orphans().count == 0


@pytest.mark.django_db(transaction=True)
def test_who_shares_an_original_at_this_moment_is_waited_for(disk: MediaStorage) -> None:
    key = OURS[0]
    put(key)
    sweep_tomorrow()
    seen_a_day_ago()
    owner = AssetFactory.create().owner
    removed: list[int] = []

    def remove() -> None:
        removed.append(remove_orphans().count)
        connections.close_all()

    thread = threading.Thread(target=remove)
    with transaction.atomic():
        lock(f"key:{key}")  # as `same_original` does
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
        AssetFactory.create(key=key, owner=owner)
    thread.join(20)
    assert removed == [0]
    assert get_storage().exists(key)


def test_nothing_goes_while_a_backup_is_made(disk: MediaStorage) -> None:
    put(*OURS)
    sweep_tomorrow()
    seen_a_day_ago()
    backup = Backup.objects.create(target="/elsewhere")
    removed = remove_orphans()
    assert (removed.count, removed.held) == (0, True)
    assert set(disk.list("")) == set(OURS)
    backup.delete()
    assert remove_orphans().count == 3


def test_jobs_are_untouched(disk: MediaStorage) -> None:
    put(*OURS)
    sweep_tomorrow()
    seen_a_day_ago()
    remove_orphans()
    assert not Job.objects.exists()
