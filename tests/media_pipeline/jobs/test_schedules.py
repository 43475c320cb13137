"""What comes round by itself: once for all hosts, again after its time, never a heap of rows."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from config.lib import queue, redis
from media_pipeline.jobs.services import jobs, kinds, running, schedules
from media_pipeline.jobs.services.schedules import ROUNDS, Round
from media_pipeline.models import Job, Schedule

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "test-round"


@pytest.fixture
def done() -> Iterator[list[datetime]]:
    """When the only round there is was done; it comes every minute."""
    others, times = ROUNDS.copy(), []
    ROUNDS.clear()
    schedules.register_round(NAME, lambda: times.append(timezone.now()), "Tests", every=60)
    Schedule.objects.all().delete()
    yield times
    ROUNDS.clear()
    ROUNDS.update(others)
    kinds.KINDS.pop(NAME)


def let_time_pass(seconds: float) -> None:
    earlier = timezone.now() + timedelta(seconds=60 - seconds)
    Schedule.objects.filter(kind=NAME).update(next_at=earlier)


def work() -> bool:
    return running.run_next(["general"])


def test_a_round_is_done_at_once_and_again_after_its_time(done: list[datetime]) -> None:
    assert 0 < schedules.queue_due() <= 60, "periods begin at the whole minute"
    assert work()
    schedules.queue_due()
    assert not work()
    let_time_pass(61)
    schedules.queue_due()
    assert work()
    assert len(done) == 2
    assert Job.objects.count() == 1, "one row for all of its runs"


def test_a_round_that_is_not_done_yet_is_not_queued_twice(done: list[datetime]) -> None:
    for _ in range(3):
        schedules.queue_due()
        let_time_pass(61)
    assert Job.objects.count() == 1
    assert work()
    assert not work()
    assert len(done) == 1


def test_of_many_clocks_one_queues_it(done: list[datetime]) -> None:
    start = threading.Barrier(4)

    def tick() -> None:
        start.wait()
        schedules.queue_due()
        connection.close()

    clocks = [threading.Thread(target=tick) for _ in range(4)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join()
    assert Job.objects.count() == 1
    assert work()
    assert len(done) == 1


def test_a_round_whose_work_is_put_aside_comes_again_after_an_hour(done: list[datetime]) -> None:
    schedules.queue_due()
    now = timezone.now()
    Job.objects.update(state="quarantined", crash_count=3, finished_at=now)
    let_time_pass(61)
    schedules.queue_due()
    assert not work()
    Job.objects.update(finished_at=now - timedelta(minutes=61))
    let_time_pass(61)
    schedules.queue_due()
    assert work()
    assert Job.objects.get().crash_count == 0


def test_an_hour_of_the_day_is_the_sites_own(settings: object) -> None:
    settings.TIME_ZONE = "Europe/Berlin"  # type: ignore[attr-defined]
    daily = Round("daily", at=4)
    before = datetime.fromisoformat("2026-11-29T01:00:00+00:00")
    assert daily.after(before).isoformat() == "2026-11-29T04:00:00+01:00"
    assert daily.after(before + timedelta(hours=2)).isoformat() == "2026-11-30T04:00:00+01:00"


def test_two_rows_of_one_round_do_not_stop_the_clock(done: list[datetime]) -> None:
    """Two may end when one is queued and done while the other is about to be queued."""
    for _ in range(2):
        schedules.queue_due()
        assert work()
        Job.objects.update(dedupe_key="aside")
        let_time_pass(61)
    Job.objects.update(dedupe_key=f"{NAME}:")
    schedules.queue_due()
    schedules.run_now(NAME)
    assert work()
    assert not work()
    assert len(done) == 3


def test_who_waits_longer_than_a_client_waits_for_an_answer_just_waits() -> None:
    """redis-py gives an answer up after five seconds: workers came back in vain all the time."""
    assert queue.wait([f"nobody-{uuid4()}"], 5.5) is False


def test_a_lost_wake_up_call_is_made_up_for(done: list[datetime]) -> None:
    schedules.queue_due()
    Job.objects.update(run_after=timezone.now() - timedelta(minutes=1))
    client = redis.client()
    client.delete(redis.key("wake", "general"))
    jobs.wake_overdue()
    assert client.llen(redis.key("wake", "general")) == 1
    assert work()
    client.delete(redis.key("wake", "general"))
    jobs.wake_overdue()
    assert client.llen(redis.key("wake", "general")) == 0
