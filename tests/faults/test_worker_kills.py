"""Real workers, killed with SIGKILL at every stage: nothing is lost, nothing is done twice."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives

from config import embedded
from config.lib import redis
from config.lib.ids import uuid7
from media_pipeline.jobs.services import ending, jobs
from media_pipeline.jobs.services.kinds import KINDS
from media_pipeline.jobs.services.schedules import ROUNDS
from media_pipeline.models import Asset, Job, Rendition
from media_pipeline.storage import get_storage
from social.accounts.services.mails import send_later
from tests.factories.media_pipeline import AssetFactory
from tests.mail import Postbox
from tests.sites import Site, wait_until

QUICK = {"NEXUS_LEASE_SECONDS": "2", "NEXUS_HEARTBEAT_SECONDS": "1"}
START_SECONDS = 30  # for a worker to be up and to take its first job, on a busy machine
STAGES = [
    "job:claim",
    "job:probe",
    "job:before-publish",
    "job:after-publish",
    "job:before-finish",
    "job:after-finish",
]

Tone = Callable[..., Path]


def arrive(path: Path) -> Job:
    asset_id = uuid7()
    key = f"originals/{asset_id}{path.suffix}"
    get_storage().write_file(key, path, content_type="application/octet-stream")
    asset = AssetFactory.create(
        id=asset_id, key=key, filename=path.name, size_bytes=path.stat().st_size
    )
    return jobs.enqueue(kind="process", asset=asset)


def state_of(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def sweep_until(job: Job, state: str, seconds: float = 60) -> None:
    """Do the clock's part until the job has come to this state."""
    deadline = time.monotonic() + seconds
    while state_of(job) != state:
        assert time.monotonic() < deadline, f"{job.state} {job.error} after {seconds} s"
        ending.recover(Job.objects.all())
        time.sleep(0.25)


def is_whole(asset: Asset) -> bool:
    """What listeners are pointed to is there, of one attempt, and its playlists have ended."""
    rows = Rendition.objects.filter(asset=asset, format__in=["hls_opus", "hls_opus64", "hls_aac"])
    playlists = [
        get_storage().read(f"{asset.prefix_of(row.attempt)}/{row.path}").decode() for row in rows
    ]
    return (
        {(row.attempt, row.status) for row in rows} == {(asset.attempt, "ready")}
        and len(playlists) == 3
        and all(text.endswith("#EXT-X-ENDLIST\n") for text in playlists)
    )


@pytest.mark.parametrize("stage", STAGES)
def test_a_worker_killed_at_any_stage_costs_nothing(site: Site, tone: Tone, stage: str) -> None:
    job = arrive(tone(seconds=20))
    killed = site.work(NEXUS_FAULT=stage, **QUICK)
    assert killed.wait(START_SECONDS) == -signal.SIGKILL
    published_before = Asset.objects.get(pk=job.file.pk).attempt
    site.work(**QUICK)
    sweep_until(job, "succeeded")
    asset = Asset.objects.get(pk=job.file.pk)
    assert is_whole(asset)
    done_before = stage == "job:after-finish"
    assert (job.attempt, job.crash_count) == ((1, 0) if done_before else (2, 1))
    assert Job.objects.filter(asset=asset, kind="process").count() == 1
    assert Job.objects.filter(asset=asset, kind="extras").count() == 1
    if stage in {"job:after-publish", "job:before-finish"}:
        assert published_before
        assert asset.attempt != published_before
        assert get_storage().exists(f"{asset.prefix_of(published_before)}/master.m3u8")


def test_a_poison_file_is_put_aside_and_delays_nobody(site: Site, tone: Tone) -> None:
    poison = arrive(tone("poison.wav", seconds=3))
    others = [arrive(tone(f"song{n}.wav", seconds=3)) for n in range(3)]
    fault = {"NEXUS_FAULT": "job:probe=poison.wav"}
    deadline = time.monotonic() + 90
    worker = site.work(**fault, **QUICK)
    everyone = [poison, *others]
    while not {state_of(job) for job in everyone} <= {"succeeded", "quarantined"}:
        assert time.monotonic() < deadline, [job.state for job in everyone]
        if worker.poll() is not None:  # the supervisor's part
            worker = site.work(**fault, **QUICK)
        ending.recover(Job.objects.all())
        time.sleep(0.25)
    assert (poison.state, poison.crash_count) == ("quarantined", 3)
    assert poison.error == KINDS["process"].crashed
    assert poison.finished_at is not None
    for job in others:
        assert (job.state, job.attempt) == ("succeeded", 1)
        assert job.finished_at is not None
        assert job.finished_at < poison.finished_at


def test_sigterm_hands_the_job_back_at_once(site: Site, music: Callable[[str], Path]) -> None:
    job = arrive(music("long/medley-5min.flac"))
    worker = site.work()
    wait_until(lambda: state_of(job) == "running" and job.stage == "encoding", START_SECONDS)
    started = time.monotonic()
    worker.terminate()
    assert worker.wait(6) == 0
    assert time.monotonic() - started < 5
    assert state_of(job) == "pending"
    assert (job.attempt, job.crash_count) == (0, 0)
    site.work()
    wait_until(lambda: state_of(job) == "running", START_SECONDS)  # by a call, without the clock


def test_flushall_loses_nothing(site: Site, tone: Tone) -> None:
    waiting = [arrive(tone(f"song{n}.wav", seconds=3)) for n in range(3)]
    redis.client().flushall()
    site.work()
    for job in waiting:
        sweep_until(job, "succeeded")
        assert job.attempt == 1


def test_a_worker_that_was_asleep_publishes_nothing(site: Site, tone: Tone) -> None:
    job = arrive(tone(seconds=240))
    sleeper = site.work(**QUICK)
    wait_until(lambda: state_of(job) == "running" and job.stage == "encoding", START_SECONDS)
    sleeper.send_signal(signal.SIGSTOP)
    time.sleep(2.5)
    ending.recover(Job.objects.all())
    site.work(**QUICK)
    wait_until(lambda: state_of(job) == "running" and job.attempt == 2, START_SECONDS)
    fresh = job.attempt_key
    sleeper.send_signal(signal.SIGCONT)
    wait_until(lambda: state_of(job) == "succeeded", 90)
    asset = Asset.objects.get(pk=job.file.pk)
    assert asset.attempt == fresh
    assert is_whole(asset)
    assert sleeper.poll() is None, "it lives on and takes the next job"


@pytest.mark.long("waits for a lease of sixty seconds")
def test_recovery_takes_75_seconds_at_most_with_the_real_figures(site: Site, tone: Tone) -> None:
    job = arrive(tone(seconds=3))
    site.work("general")
    killed = site.work(NEXUS_FAULT="job:before-publish")
    assert killed.wait(START_SECONDS) == -signal.SIGKILL
    died = time.monotonic()
    site.work()
    wait_until(lambda: state_of(job) == "succeeded", 75, 0.2)
    assert time.monotonic() - died <= 75


def test_a_redis_that_restarts_loses_nothing(site: Site, tone: Tone) -> None:
    worker = site.work()
    first = arrive(tone(seconds=3))
    wait_until(lambda: state_of(first) == "succeeded", START_SECONDS)
    client = redis.client()
    if os.environ.get("REDIS_URL"):  # not ours to stop: only its connections end
        client.client_kill_filter(_type="normal")
    else:
        client.shutdown(nosave=True)
    unheard = arrive(tone("unheard.wav", seconds=3))  # its call finds nobody
    embedded.revive()
    sweep_until(unheard, "succeeded")
    assert (unheard.attempt, worker.poll()) == (1, None)


@pytest.mark.parametrize("stage", ["job:claim", "job:before-end", "job:after-end"])
def test_work_without_a_file_survives_a_kill_at_any_point(site: Site, stage: str) -> None:
    with Postbox.open() as post:
        mailing = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(post.port), **QUICK}
        send_later(EmailMultiAlternatives("Hello", "There.", to=["ada@example.org"]))
        job = Job.objects.get(kind="send-mail")
        killed = site.work("general", NEXUS_FAULT=f"{stage}=send-mail", **mailing)
        assert killed.wait(START_SECONDS) == -signal.SIGKILL
        site.work("general", **mailing)
        wait_until(lambda: state_of(job) == "succeeded", 60)  # the other worker keeps the time
        names = [message["Message-ID"] for message in post.messages]
    assert len(set(names)) == 1, "a message that was sent twice says so"
    assert len(names) == (1 if stage != "job:before-end" else len(names))
    assert job.payload == {}


def test_two_clocks_queue_what_comes_round_once(site: Site) -> None:
    for _ in range(2):
        site.work("general", **QUICK)
    rounds = set(ROUNDS)
    wait_until(
        lambda: set(Job.objects.filter(state="succeeded").values_list("kind", flat=True)) >= rounds
    )
    assert Job.objects.filter(kind__in=rounds).count() == len(rounds)
    hourly = Job.objects.filter(kind="sweep-storage").get()
    assert hourly.attempt == 1


def test_flushall_loses_no_work_without_a_file(site: Site) -> None:
    with Postbox.open() as post:
        send_later(EmailMultiAlternatives("Hello", "There.", to=["ada@example.org"]))
        redis.client().flushall()
        site.work("general", EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(post.port))
        assert post.wait_for(1)["Subject"] == "Hello"
