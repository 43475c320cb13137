"""Work about anything: asked for once, tried again when that can help, given up with a reason."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import InterfaceError
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.jobs.errors import Permanent, Transient
from media_pipeline.jobs.services import ending, jobs, kinds, leases, running, sweeping
from media_pipeline.jobs.services.kinds import Kind
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import Job
from tests.factories.media_pipeline import AssetFactory, FailedJobFactory, JobFactory
from tests.factories.social import UserFactory
from tests.sites import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

MakeKind = Callable[..., Kind]


def nothing(_lease: Lease) -> None:
    """Work that is done at once."""


@pytest.fixture
def make_kind() -> Iterator[MakeKind]:
    """A function: what to do, further words of a kind → a kind of this test alone."""
    made: list[str] = []

    def make(do: Callable[[Lease], None] = nothing, **words: object) -> Kind:
        name = f"test-{len(made)}"
        kind = Kind(name, "general", do, "Does what a test wants", **{"seconds": 60} | words)  # type: ignore[arg-type]
        kinds.register(kind)
        made.append(name)
        return kind

    yield make
    for name in made:
        kinds.KINDS.pop(name)


def work() -> bool:
    return running.run_next(["general"])


def make_due(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(run_after=timezone.now())


def test_a_job_is_done_with_its_payload_and_subject(make_kind: MakeKind) -> None:
    seen = []
    kind = make_kind(lambda lease: seen.append((lease.job.payload, lease.job.subject_id)))
    user = UserFactory.create()
    job = jobs.enqueue(kind.name, subject=user, payload={"to": "ada"})
    assert (job.subject_type, job.asset) == ("social.User", None)
    assert work()
    assert seen == [({"to": "ada"}, str(user.pk))]
    job.refresh_from_db()
    assert (job.state, job.progress, job.attempt) == ("succeeded", 100, 1)
    assert not work()


def test_what_is_asked_twice_is_done_once(make_kind: MakeKind) -> None:
    kind, users = make_kind(), UserFactory.create_batch(2)
    first = jobs.enqueue(kind.name, subject=users[0])
    assert jobs.enqueue(kind.name, subject=users[0]) == first
    assert jobs.enqueue(kind.name, subject=users[1]) != first
    assert jobs.enqueue(kind.name, key="a") == jobs.enqueue(kind.name, key="a")
    assert Job.objects.count() == 3


def test_what_catches_up_is_run_once_more_when_asked_meanwhile(make_kind: MakeKind) -> None:
    runs = []

    def do(lease: Lease) -> None:
        runs.append(lease.job.pk)
        if len(runs) == 1:
            jobs.enqueue(lease.job.kind)
            jobs.enqueue(lease.job.kind)

    jobs.enqueue(make_kind(do, catches_up=True).name)
    while work():
        pass
    assert len(runs) == 2
    assert runs[0] == runs[1]


def test_the_oldest_that_is_due_comes_first(make_kind: MakeKind) -> None:
    kind = make_kind()
    tomorrow = timezone.now() + timedelta(days=1)
    planned = jobs.enqueue(kind.name, key="planned", run_after=tomorrow)
    first, second = (jobs.enqueue(kind.name, key=key) for key in "ab")
    taken = [jobs.claim_next(["general"]) for _ in range(3)]
    assert [lease and lease.job for lease in taken] == [first, second, None]
    make_due(planned)
    lease = jobs.claim_next(["general"])
    assert lease
    assert lease.job == planned


def test_what_passes_by_itself_is_tried_later_each_time_longer(make_kind: MakeKind) -> None:
    def do(_lease: Lease) -> None:
        raise Transient("away", "The other side is away.")

    gone: list[Job] = []
    kind = make_kind(do, max_attempts=3, gave_up=gone.append)
    job = jobs.enqueue(kind.name)
    pauses = []
    for failures in (1, 2):
        assert work()
        job.refresh_from_db()
        assert (job.state, job.failures, job.error_code) == ("pending", failures, "away")
        pauses.append((job.run_after - timezone.now()).total_seconds())
        assert not work(), "it waits for its time"
        make_due(job)
    assert 1.5 < pauses[0] <= 5
    assert 9 < pauses[1] <= 20
    assert work()
    job.refresh_from_db()
    assert (job.state, job.crash_count) == ("failed", 0)
    assert job.error == (
        "This was tried 3 times and did not work. Its last error: The other side is away."
    )
    assert gone == [job]


def test_the_other_side_may_say_how_long_to_wait(make_kind: MakeKind) -> None:
    def do(_lease: Lease) -> None:
        raise Transient("busy", "Come later.", after=900)

    job = jobs.enqueue(make_kind(do).name)
    work()
    job.refresh_from_db()
    assert (job.run_after - timezone.now()).total_seconds() == pytest.approx(900, abs=5)


def test_what_can_never_work_fails_at_once(make_kind: MakeKind) -> None:
    def do(_lease: Lease) -> None:
        raise Permanent("no-such-mailbox", "Nobody lives there.")

    job = jobs.enqueue(make_kind(do).name)
    work()
    job.refresh_from_db()
    assert (job.state, job.error_code, job.attempt) == ("failed", "no-such-mailbox", 1)


def test_an_error_of_ours_is_put_aside_after_three(make_kind: MakeKind) -> None:
    def do(_lease: Lease) -> None:
        raise ZeroDivisionError("division by zero")

    job = jobs.enqueue(make_kind(do).name)
    for _ in range(3):
        assert work()
    assert not work()
    job.refresh_from_db()
    assert (job.state, job.crash_count, job.error) == ("quarantined", 3, kinds.CRASHED)
    assert job.stderr_tail == "ZeroDivisionError: division by zero"


def test_a_database_that_is_away_counts_against_nobody(make_kind: MakeKind) -> None:
    def do(_lease: Lease) -> None:
        raise InterfaceError("the connection is closed")

    job = jobs.enqueue(make_kind(do).name)
    assert work()
    job.refresh_from_db()
    assert (job.state, job.attempt, job.crash_count, job.failures) == ("pending", 0, 0, 0)


def test_work_that_overruns_is_no_longer_renewed(
    make_kind: MakeKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "HEARTBEAT_SECONDS", 0.05)
    ended = threading.Event()

    def do(lease: Lease) -> None:
        wait_until(lease.should_stop)
        ended.set()
        lease.write(progress=50)

    job = jobs.enqueue(make_kind(do, seconds=0.2).name)
    assert work()
    assert ended.is_set()
    job.refresh_from_db()
    assert (job.state, job.progress) == ("running", 0), "the clock counts it as a crash"


def test_a_payload_is_small(make_kind: MakeKind) -> None:
    with pytest.raises(ValueError, match="4096 bytes"):
        jobs.enqueue(make_kind().name, payload={"text": "x" * 5000})
    with pytest.raises(KeyError):
        jobs.enqueue("nobody-does-this")


def test_failed_work_of_nobody_can_be_discarded_and_other_work_not(make_kind: MakeKind) -> None:
    kind = make_kind()
    job = jobs.enqueue(kind.name)
    with pytest.raises(Problem):
        ending.discard(job)
    Job.objects.filter(pk=job.pk).update(state="failed")
    ending.discard(job)
    assert not Job.objects.exists()
    with pytest.raises(Problem, match="somebody's file"):
        ending.discard(FailedJobFactory.create())


def test_what_ended_long_ago_is_forgotten(make_kind: MakeKind) -> None:
    kind = make_kind()
    old = {"done": ("succeeded", 2), "fresh": ("succeeded", 0), "bad": ("failed", 31)}
    old |= {"worth-a-look": ("quarantined", 2)}
    for key, (state, days) in old.items():
        job = jobs.enqueue(kind.name, key=key)
        past = timezone.now() - timedelta(days=days)
        Job.objects.filter(pk=job.pk).update(state=state, finished_at=past)
    JobFactory.create(asset=AssetFactory(), state="succeeded", finished_at=past - timedelta(99))
    assert sweeping.forget_ended(timezone.now(), 1000) == 2
    left = set(Job.objects.values_list("dedupe_key", flat=True))
    assert {f"{kind.name}:fresh", f"{kind.name}:worth-a-look"} < left
    assert len(left) == 3
