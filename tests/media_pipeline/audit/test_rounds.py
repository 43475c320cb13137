"""The sweep comes by itself, and a kill in the middle of it costs nothing."""

import signal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from config.checks import library
from config.lib.health import Degraded
from media_pipeline.audit import rules
from media_pipeline.audit.services.sweep import sweep
from media_pipeline.jobs.services import jobs, leases, running, schedules
from media_pipeline.models import Job, StorageFinding, StorageTally
from media_pipeline.storage import MediaStorage
from tests.factories.media_pipeline import AssetFactory
from tests.jobs import do_jobs
from tests.media_pipeline.audit.days import found, put
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 60


def test_the_clock_only_asks_and_the_slow_worker_counts(disk: MediaStorage) -> None:
    put("readme.txt")
    schedules.run_now("ask-for-count")
    assert do_jobs("general") == 1
    assert not StorageTally.objects.exists()
    assert do_jobs("slow") == 1
    assert StorageTally.objects.get(kind="other").files == 1
    assert Job.objects.get(kind=rules.COUNT).state == "succeeded"


def test_a_worker_that_is_asked_to_stop_gives_the_sweep_back(disk: MediaStorage) -> None:
    put("readme.txt")
    job = jobs.enqueue(rules.COUNT)
    leases.stopping.set()
    try:
        running.run_job(job.pk)
    finally:
        leases.stopping.clear()
    job.refresh_from_db()
    assert (job.state, job.crash_count) == ("pending", 0)
    assert not StorageTally.objects.exists()


@pytest.mark.parametrize("stage", ["audit:listed", "audit:compared"])
def test_a_sweep_that_is_killed_leaves_nothing_half(site: Site, stage: str) -> None:
    asset = AssetFactory.create()
    StorageFinding.objects.create(kind="orphan", key="originals/x.wav", seen_at=timezone.now())
    killed = site.launch("storage", "--sweep", NEXUS_FAULT=stage)
    assert killed.wait(SECONDS) == -signal.SIGKILL
    assert not StorageTally.objects.exists()
    assert found("orphan") == {"originals/x.wav"}
    assert not list(Path(settings.NEXUS_WORK_DIR).glob("listing-*"))
    once = state_after_sweep()
    assert found("missing") == {asset.key}
    assert found("orphan") == set()
    assert state_after_sweep() == once


def state_after_sweep() -> Any:
    sweep()
    return (
        sorted(StorageTally.objects.values_list("kind", "files", "bytes")),
        sorted(StorageFinding.objects.values_list("kind", "key", "size", "found_at")),
    )


def test_health_says_what_is_missing_or_damaged(disk: MediaStorage) -> None:
    assert "no file is missing" in library()
    StorageFinding.objects.create(kind="orphan", key="a", seen_at=timezone.now())
    assert "1 files belong to nobody" in library()
    for kind in ("missing", "damaged"):
        StorageFinding.objects.create(kind=kind, key="a", seen_at=timezone.now())
    with pytest.raises(Degraded, match="1 files are missing from the storage, 1 originals") as told:
        library()
    assert "Run it for years" in told.value.remedy
