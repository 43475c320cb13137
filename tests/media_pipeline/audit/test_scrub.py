"""Originals are read again, a little each hour; one flipped bit is found, and healed."""

import hashlib
import logging
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from media_pipeline.audit import rules
from media_pipeline.audit.services import scrub
from media_pipeline.audit.services.scrub import LEAST_BYTES
from media_pipeline.audit.services.sweep import sweep
from media_pipeline.ffmpeg import Stopped
from media_pipeline.jobs.services import jobs, leases, running, schedules
from media_pipeline.models import Asset, Job, StorageFinding
from media_pipeline.storage import MediaStorage
from tests.factories.media_pipeline import AssetFactory
from tests.jobs import do_jobs
from tests.media_pipeline.audit.days import found, put

pytestmark = pytest.mark.django_db

DATA = bytes(range(256)) * 4096
FLIPPED = DATA[:1000] + bytes([DATA[1000] ^ 1]) + DATA[1001:]
SHA256 = hashlib.sha256(DATA).hexdigest()


def original(**words: Any) -> Asset:
    """Return an asset whose bytes are stored and known."""
    asset: Asset = AssetFactory.create(sha256=SHA256, size_bytes=len(DATA), **words)
    put(asset.key, data=DATA)
    return asset


def read_at(asset: Asset) -> datetime | None:
    asset.refresh_from_db()
    return asset.checked_at


def test_one_flipped_bit_is_found_and_heals(
    storage: MediaStorage, caplog: pytest.LogCaptureFixture
) -> None:
    good, bad = original(), original()
    put(bad.key, data=FLIPPED)
    with caplog.at_level(logging.ERROR):
        done = scrub.scrub()
    assert (done.files, done.bytes, done.damaged, done.more) == (2, 2 * len(DATA), 1, False)
    assert found("damaged") == {bad.key}
    told = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert told == [f"The original {bad.key} holds other bytes than those that arrived."]
    assert StorageFinding.objects.get().asset_id == bad.pk
    assert read_at(good)
    assert read_at(bad)

    put(bad.key, data=DATA)  # from a backup
    assert scrub.scrub().files == 0  # it was read just now
    StorageFinding.objects.update(seen_at=timezone.now() - timedelta(days=2))
    assert scrub.scrub().files == 1
    assert found("damaged") == set()


def test_what_stays_damaged_stays_found(disk: MediaStorage) -> None:
    bad = original()
    put(bad.key, data=FLIPPED)
    scrub.scrub()
    sweep()
    assert found("damaged") == {bad.key}
    bad.delete()
    sweep()
    assert found("damaged") == set()


def test_each_is_read_once_in_thirty_days_the_longest_ago_first(disk: MediaStorage) -> None:
    now = timezone.now()
    ages = {1: "young", 31: "old", 60: "older"}
    assets = {name: original(checked_at=now - timedelta(days=days)) for days, name in ages.items()}
    assets["never"] = original()
    for name in ("never", "older", "old"):
        done = scrub.scrub(most_bytes=1)
        assert (done.files, done.more) == (1, name != "old")
        assert (read_at(assets[name]) or now) > now
    assert scrub.scrub().files == 0


def test_a_shared_original_is_read_once_for_all(disk: MediaStorage) -> None:
    first = original()
    second = AssetFactory.create(sha256=SHA256, key=first.key)
    assert scrub.scrub().files == 1
    assert read_at(first)
    assert read_at(second)


def test_what_was_never_hashed_is_left_alone(disk: MediaStorage) -> None:
    asset = AssetFactory.create()
    put(asset.key)
    assert scrub.scrub().files == 0
    assert read_at(asset) is None


def test_what_is_gone_is_missing_and_holds_nobody_up(storage: MediaStorage) -> None:
    gone, there = original(), original()
    storage.delete(gone.key)
    assert scrub.scrub().files == 1
    assert found("missing") == {gone.key}
    assert read_at(there)
    put(gone.key, data=DATA)
    sweep()
    assert scrub.scrub().files == 1
    assert read_at(gone)


def test_it_stops_in_the_middle_of_a_file(disk: MediaStorage) -> None:
    first, second = original(), original()
    asked = []

    def should_stop() -> bool:
        asked.append(1)
        return len(asked) > len(DATA) // (256 * 1024) + 1

    with pytest.raises(Stopped):
        scrub.scrub(should_stop=should_stop)
    assert read_at(first)
    assert read_at(second) is None


def test_time_is_up_between_two_files(disk: MediaStorage) -> None:
    original(), original()
    done = scrub.scrub(seconds=0.0)
    assert (done.files, done.more) == (0, True)


def test_the_hours_share_reads_all_in_thirty_days(disk: MediaStorage) -> None:
    assert scrub.budget() == LEAST_BYTES
    AssetFactory.create(sha256=SHA256, size_bytes=720 * 10**9)
    assert scrub.budget() == 10**9


@pytest.mark.django_db(transaction=True)
def test_the_job_hands_back_what_is_left(disk: MediaStorage, monkeypatch: Any) -> None:
    original(), original(), original()
    schedules.run_now("ask-for-scrub")
    assert do_jobs("general") == 1
    job = Job.objects.get(kind=rules.SCRUB)
    assert (job.queue, job.state) == ("slow", "pending")
    Job.objects.filter(pk=job.pk).update(payload={"left": 2 * len(DATA)})
    monkeypatch.setattr(scrub, "SLICE_SECONDS", 0.0)
    assert running.run_next(["slow"])
    job.refresh_from_db()
    assert (job.state, job.attempt, job.left_attempts) == ("pending", 0, [])
    assert job.payload == {"left": 2 * len(DATA)}
    monkeypatch.undo()
    assert running.run_next(["slow"])
    job.refresh_from_db()
    assert (job.state, job.error) == ("succeeded", "")
    assert Asset.objects.exclude(checked_at=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_asked_to_stop_gives_the_job_back(disk: MediaStorage) -> None:
    original()
    job = jobs.enqueue(rules.SCRUB)
    leases.stopping.set()
    try:
        running.run_job(job.pk)
    finally:
        leases.stopping.clear()
    job.refresh_from_db()
    assert (job.state, job.attempt, job.crash_count) == ("pending", 0, 0)
    assert not Asset.objects.exclude(checked_at=None).exists()
    Job.objects.filter(pk=job.pk).update(run_after=Now())
    assert do_jobs("slow") == 1
    assert Asset.objects.exclude(checked_at=None).exists()
