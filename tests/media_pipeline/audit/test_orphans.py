"""Bytes without a row are found, on disk and in a bucket; nothing under way is among them."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from config.lib.ids import uuid7
from media_pipeline.assets.services.removal import remove_asset
from media_pipeline.audit import registry
from media_pipeline.audit.services.sweep import sweep
from media_pipeline.models import Job, Rendition, StorageFinding, StorageTally, Upload
from media_pipeline.storage import MediaStorage
from tests.factories.media_pipeline import AssetFactory, JobFactory, UploadFactory, finish
from tests.media_pipeline.audit.days import found, put, sweep_tomorrow, tomorrow

pytestmark = pytest.mark.django_db

GONE = uuid7()
ORPHANS = [
    f"originals/{GONE}.wav",
    "originals/by-hand.wav",
    f"transcodes/{GONE}/a1/opus/playlist.m3u8",
    f"waveforms/{GONE}.json",
    f"waveforms/{GONE}-spectrum.png",
    f"images/artwork_{GONE}_full.jpg",
    f"visuals/{GONE}.mp4",
    f"uploads/{GONE}/data",
    "uploads/by-hand/data",
    "readme.txt",
    "health/17",
]
STATES = Upload.State


def pieces(asset: Any, *attempts: str) -> list[str]:
    return [f"transcodes/{asset.pk}/{attempt}/opus/segment_000.m4s" for attempt in attempts]


def test_every_kind_of_orphan_is_found(storage: MediaStorage) -> None:
    put(*ORPHANS)
    swept = sweep_tomorrow()
    assert found("orphan") == set(ORPHANS)
    assert swept.orphans == len(ORPHANS)
    finding = StorageFinding.objects.get(key=f"visuals/{GONE}.mp4")
    assert (finding.size, finding.asset_id) == (5, GONE)
    assert set(storage.list("")) == set(ORPHANS)  # it only lists


def test_a_whole_piece_has_no_orphan(storage: MediaStorage) -> None:
    asset = finish(AssetFactory.create())
    put(asset.key, *pieces(asset, "a1"), f"transcodes/{asset.pk}/a1/mp3_320.mp3")
    put(f"waveforms/{asset.pk}.json", f"images/artwork_{asset.pk}_thumb.jpg")
    assert sweep_tomorrow().orphans == 0


def test_young_bytes_are_left_to_get_their_row(disk: MediaStorage) -> None:
    put("originals/young.wav", "originals/old.wav")
    path = disk.local_path("originals/old.wav") or Path()
    long_ago = time.time() - 25 * 3600
    os.utime(path, (long_ago, long_ago))
    sweep()
    assert found("orphan") == {"originals/old.wav"}


@pytest.mark.parametrize("state", STATES.values)
def test_an_upload_under_way_owns_its_bytes(storage: MediaStorage, state: str) -> None:
    upload = UploadFactory.create(state=state)
    keys = {f"uploads/{upload.pk}/data", f"originals/{upload.pk}.wav"}
    put(*keys)
    sweep_tomorrow()
    assert found("orphan") == (set() if state in {"open", "completing"} else keys)


def test_a_completed_upload_has_an_asset(storage: MediaStorage) -> None:
    upload = UploadFactory.create(state=STATES.COMPLETED)
    upload.asset = AssetFactory.create(id=upload.pk)
    upload.save()
    put(upload.asset.key)
    sweep_tomorrow()
    assert found("orphan") == set()


def test_attempts_that_somebody_hears_writes_or_will_sweep_are_known(disk: MediaStorage) -> None:
    asset = AssetFactory.create(attempt="main", extras_attempt="more")
    JobFactory.create(
        asset=asset,
        state=Job.State.RUNNING,
        lease_token=uuid4(),
        attempt_key="now",
        left_attempts=["before", "first"],
    )
    JobFactory.create(asset=asset, kind="extras", state=Job.State.FAILED, attempt_key="failed")
    Rendition.objects.create(
        asset=asset, format="hls_aac", attempt="older", path="aac/playlist.m3u8", codec="aac"
    )
    known = ["main", "more", "now", "before", "first", "failed", "older"]
    stray = [*pieces(asset, "stray"), f"transcodes/{asset.pk}/beside"]
    put(*pieces(asset, *known), *stray)
    other = AssetFactory.create()
    put(*pieces(other, "main"))
    sweep_tomorrow()
    assert found("orphan") == {*stray, *pieces(other, "main")}


def test_what_is_being_removed_is_no_orphan(disk: MediaStorage) -> None:
    asset = AssetFactory.create(attempt="a1", key="originals/shared-once.wav")
    keys = {
        asset.key,
        f"originals/{asset.pk}.wav",
        *pieces(asset, "a1"),
        f"waveforms/{asset.pk}.png",
    }
    put(*keys)
    removal = remove_asset(asset)
    sweep_tomorrow()
    assert found("orphan") == set()
    removal.delete()
    sweep_tomorrow()
    assert found("orphan") == keys


def test_a_shared_original_is_everybodys(disk: MediaStorage) -> None:
    first = AssetFactory.create()
    second = AssetFactory.create(key=first.key)
    put(first.key, f"originals/{second.pk}.wav")
    first_key = first.key
    first.delete()
    sweep_tomorrow()
    assert found("orphan") == {f"originals/{second.pk}.wav"}
    second.delete()
    sweep_tomorrow()
    assert first_key in found("orphan")


def test_the_row_is_read_after_its_bytes(disk: MediaStorage) -> None:
    put("originals/late.wav", f"uploads/{GONE}/data")

    def on_progress(stage: str, _done: int, _total: int) -> None:
        if stage == "listing":  # both are listed by now
            AssetFactory.create(key="originals/late.wav")
            UploadFactory.create(id=GONE)

    assert sweep(on_progress, now=tomorrow()).orphans == 0
    assert sweep_tomorrow().orphans == 0


def test_what_fits_by_now_is_forgotten_and_what_stays_keeps_its_first_day(
    disk: MediaStorage,
) -> None:
    put("originals/a.wav", "originals/b.wav")
    sweep_tomorrow()
    first = StorageFinding.objects.get(key="originals/b.wav")
    AssetFactory.create(key="originals/a.wav")
    sweep_tomorrow()
    assert found("orphan") == {"originals/b.wav"}
    again = StorageFinding.objects.get(key="originals/b.wav")
    assert (again.pk, again.found_at) == (first.pk, first.found_at)
    assert again.seen_at > first.seen_at


def test_bytes_are_counted_by_kind(storage: MediaStorage) -> None:
    asset = AssetFactory.create()
    put(asset.key, data=b"123")
    put(*pieces(asset, "a", "b"), "readme.txt")
    StorageTally.objects.create(kind="of-an-older-version", counted_at=asset.created_at)
    sweep()
    counted = {tally.kind: (tally.files, tally.bytes) for tally in StorageTally.objects.all()}
    assert counted["originals"] == (1, 3)
    assert counted["renditions"] == (2, 10)
    assert counted["other"] == (1, 5)
    assert counted["waveforms"] == (0, 0)
    assert "of-an-older-version" not in counted


@pytest.fixture
def archives() -> Iterator[set[str]]:
    """Keys of a room above that have a row."""
    known: set[str] = set()
    registry.register_keys("archives", "archives/", lambda keys: known & set(keys))
    yield known
    registry._KEYS.pop("archives/")


def test_rooms_above_know_their_keys(disk: MediaStorage, archives: set[str]) -> None:
    archives.add("archives/one.zip")
    put("archives/one.zip", "archives/two.zip")
    sweep_tomorrow()
    assert found("orphan") == {"archives/two.zip"}
    assert StorageTally.objects.get(kind="archives").files == 2


def test_a_name_that_no_row_can_hold_is_counted_and_no_trouble(disk: MediaStorage) -> None:
    put("x" * 201)
    (disk.root or Path()).joinpath(os.fsdecode(b"latin-\xe9.wav")).write_bytes(b"1")
    sweep_tomorrow()
    assert found("orphan") == set()
    assert StorageTally.objects.get(kind="other").files == 2


def test_a_thousand_keys_take_as_many_questions_as_ten(
    disk: MediaStorage, django_assert_max_num_queries: Any
) -> None:
    asset = AssetFactory.create(attempt="a1")
    put(*[f"transcodes/{asset.pk}/a1/opus/segment_{n:03}.m4s" for n in range(900)])
    put(*[f"waveforms/{uuid7()}.json" for _ in range(90)])
    with django_assert_max_num_queries(30):
        assert sweep_tomorrow().orphans == 90
