"""A job from its first row to its end: who may take it, who may write, when it is put aside."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from config.lib import queue, redis
from config.lib.problems import Problem
from media_pipeline.jobs.services import ending, jobs, leases
from media_pipeline.jobs.services.kinds import KINDS
from media_pipeline.jobs.services.leases import Lease, LeaseLost
from media_pipeline.models import Asset, Job
from media_pipeline.processing.services.publishing import publish_start
from media_pipeline.signals import asset_failed
from tests.factories.media_pipeline import AssetFactory, FailedJobFactory, JobFactory
from tests.sites import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def woken() -> Iterator[Callable[[], int]]:
    """A function: how many wake-up calls wait for workers of the fast queue."""
    client, key = redis.client(), redis.key("wake", "fast")
    client.delete(key)
    yield lambda: client.llen(key)
    client.delete(key)


@pytest.fixture
def failures() -> Iterator[list[Asset]]:
    """The assets of which it was announced that they failed."""
    heard: list[Asset] = []

    def hear(asset: Asset, **_rest: Any) -> None:
        heard.append(asset)

    asset_failed.connect(hear)
    yield heard
    asset_failed.disconnect(hear)


def claimed(job: Job) -> Lease:
    lease = jobs.claim(job.pk)
    assert lease is not None
    return lease


def let_lease_run_out(job: Job) -> None:
    past = timezone.now() - timedelta(seconds=1)
    assert Job.objects.filter(pk=job.pk, state="running").update(lease_until=past) == 1


def test_a_job_is_a_row_and_a_wake_up_call(woken: Callable[[], int]) -> None:
    with transaction.atomic():
        job = jobs.enqueue(kind="process", asset=AssetFactory())
        assert woken() == 0, "whoever wakes now finds no row"
    assert (job.state, job.queue) == ("pending", "fast")
    assert woken() == 1


def test_one_live_job_per_asset_and_kind(woken: Callable[[], int]) -> None:
    asset = AssetFactory()
    first = jobs.enqueue(kind="process", asset=asset)
    assert jobs.enqueue(kind="process", asset=asset) == first
    assert jobs.enqueue(kind="extras", asset=asset) != first
    assert woken() == 1


def test_of_many_workers_one_gets_the_job() -> None:
    job = JobFactory.create()
    start, won = threading.Barrier(6), []

    def work() -> None:
        start.wait()
        won.append(jobs.claim(job.pk))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(lease is not None for lease in won) == 1
    job.refresh_from_db()
    assert (job.state, job.attempt) == ("running", 1)


def test_a_job_that_is_over_or_gone_is_not_claimed() -> None:
    job = FailedJobFactory.create()
    assert jobs.claim(job.pk) is None
    job.delete()
    assert jobs.claim(job.pk) is None


def test_the_heartbeat_renews_the_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "HEARTBEAT_SECONDS", 0.05)
    lease = claimed(JobFactory.create())
    before = lease.job.lease_until
    assert before is not None
    with lease.kept(60):
        wait_until(lambda: Job.objects.filter(lease_until__gt=before).exists())
        assert not lease.should_stop()


def test_a_worker_notices_that_its_lease_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "HEARTBEAT_SECONDS", 0.05)
    lease = claimed(JobFactory.create())
    let_lease_run_out(lease.job)
    claimed(lease.job)
    with lease.kept(60):
        wait_until(lease.should_stop)


def test_a_stale_worker_writes_and_publishes_nothing() -> None:
    stale = claimed(JobFactory.create())
    let_lease_run_out(stale.job)
    fresh = claimed(stale.job)
    with pytest.raises(LeaseLost):
        stale.write(progress=50)
    with pytest.raises(LeaseLost):
        publish_start(stale)
    with pytest.raises(LeaseLost):
        ending.fail(stale, "damaged", "Too late.")
    publish_start(fresh)
    asset = Asset.objects.get()
    assert asset.attempt == fresh.job.attempt_key
    assert set(asset.renditions.values_list("attempt", flat=True)) == {fresh.job.attempt_key}
    assert Job.objects.get().left_attempts == [stale.job.attempt_key]


def test_work_of_a_deleted_asset_is_dropped() -> None:
    lease = claimed(JobFactory.create())
    lease.job.asset.delete()
    with pytest.raises(LeaseLost):
        publish_start(lease)


def test_three_crashes_put_a_job_aside_and_say_so(failures: list[Asset]) -> None:
    job = JobFactory.create()
    for attempt in (1, 2, 3):
        assert claimed(job).job.attempt == attempt
        let_lease_run_out(job)
    assert jobs.claim(job.pk) is None
    job.refresh_from_db()
    assert (job.state, job.crash_count, job.error_code) == ("quarantined", 3, "crashed")
    assert job.error == KINDS["process"].crashed
    assert failures == [job.asset]


def test_an_error_of_ours_counts_as_a_crash_and_is_tried_again() -> None:
    lease = claimed(JobFactory.create())
    ending.crash(lease, "OSError: the storage is away")
    job = Job.objects.get()
    assert (job.state, job.crash_count, job.lease_token) == ("pending", 1, None)
    assert job.stderr_tail == "OSError: the storage is away"


def test_a_job_handed_back_has_lost_no_attempt() -> None:
    lease = claimed(JobFactory.create())
    lease.hand_back()
    job = Job.objects.get()
    assert (job.state, job.attempt, job.crash_count) == ("pending", 0, 0)


def test_a_failed_job_says_why(failures: list[Asset]) -> None:
    lease = claimed(JobFactory.create())
    ending.fail(lease, "not-audio", "This is not sound.", "moov atom\0not found")
    job = Job.objects.get()
    assert (job.state, job.error_code, job.error) == ("failed", "not-audio", "This is not sound.")
    assert job.stderr_tail == "moov atomnot found"
    assert failures == [job.asset]


def test_extras_that_fail_are_not_announced(failures: list[Asset]) -> None:
    ending.fail(claimed(JobFactory.create(kind="extras")), "damaged", "No.")
    assert failures == []


def test_a_failed_job_can_be_tried_again(woken: Callable[[], int]) -> None:
    job = FailedJobFactory.create(crash_count=3)
    again = ending.retry(job)
    assert (again.state, again.crash_count, again.error) == ("pending", 0, "")
    assert woken() == 1


@pytest.mark.parametrize("state", ["pending", "succeeded"])
def test_only_failed_jobs_can_be_tried_again(state: str) -> None:
    with pytest.raises(Problem, match="Only work that has failed"):
        ending.retry(JobFactory.create(state=state))


def test_a_failed_job_waits_for_the_one_under_way() -> None:
    failed = FailedJobFactory.create()
    jobs.enqueue(kind="process", asset=failed.asset)
    with pytest.raises(Problem):
        ending.retry(failed)


def test_jobs_of_dead_workers_are_taken_back(woken: Callable[[], int]) -> None:
    lease, alive = claimed(JobFactory.create()), claimed(JobFactory.create())
    let_lease_run_out(lease.job)
    assert ending.recover(Job.objects.all()) == 1
    assert Job.objects.get(pk=lease.job.pk).state == "pending"
    assert Job.objects.get(pk=alive.job.pk).state == "running"
    assert woken() == 1


def test_calls_that_nobody_hears_do_not_heap_up(woken: Callable[[], int]) -> None:
    for _ in range(40):
        jobs.enqueue(kind="process", asset=AssetFactory())
    assert woken() == queue.MOST_TOKENS


def test_two_clocks_at_once_take_back_each_job_once() -> None:
    lease = claimed(JobFactory.create())
    let_lease_run_out(lease.job)
    start, counts = threading.Barrier(4), []

    def keep_time() -> None:
        start.wait()
        counts.append(ending.recover(Job.objects.all()))
        connection.close()

    clocks = [threading.Thread(target=keep_time) for _ in range(4)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join()
    assert sum(counts) == 1
    assert Job.objects.get().crash_count == 1
