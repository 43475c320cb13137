"""The disk of the music is full: the work waits, says so, and goes on by itself."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from config.lib.ids import uuid7
from media_pipeline.jobs.services import jobs, running, sweeping
from media_pipeline.jobs.services.kinds import KINDS
from media_pipeline.models import Asset, Job, Rendition
from media_pipeline.storage import get_storage
from tests.disks import MIB, fill
from tests.factories.media_pipeline import AssetFactory
from tests.factories.tracks import TrackFactory
from tests.sites import Site, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

SENTENCE = "The disk of this site is full. This goes on by itself when there is room."
START_SECONDS = 30
Tone = Callable[..., Path]


def arrive(path: Path) -> Job:
    """Put a master into the storage, as an upload would."""
    asset_id = uuid7()
    key = f"originals/{asset_id}{path.suffix}"
    get_storage().write_file(key, path, content_type="application/octet-stream")
    asset = AssetFactory.create(
        id=asset_id, key=key, filename=path.name, size_bytes=path.stat().st_size
    )
    return jobs.enqueue(kind="process", asset=asset)


def told(job: Job) -> tuple[str, int, int, str]:
    """Return where a job stands, what counts against it, and what its owner reads."""
    job.refresh_from_db()
    return job.state, job.attempt, job.crash_count, job.error


def sweep_until(done: Callable[[], bool], seconds: float = 60) -> None:
    """Do the clock's part until it is so."""

    def swept() -> bool:
        sweeping.sweep_jobs()
        return done()

    wait_until(swept, seconds, every=0.2)


def test_encoding_waits_for_room_and_goes_on_by_itself(
    site: Site, tone: Tone, media_disk: Path
) -> None:
    first, second = arrive(tone("first.wav", seconds=60)), arrive(tone("second.wav", seconds=2))
    filler = fill(media_disk, leave=1 * MIB)
    site.work(NEXUS_MEDIA_DIR=str(media_disk), NEXUS_DISK_RESERVE_BYTES="0")
    wait_until(lambda: told(first)[3] == SENTENCE, START_SECONDS)
    assert told(first) == ("pending", 0, 0, SENTENCE)
    assert not list(media_disk.glob(f"transcodes/{first.asset_id}/*"))
    asset = Asset.objects.get(pk=first.file.pk)
    assert (asset.attempt, asset.playable_at) == ("", None)
    assert not Rendition.objects.filter(asset=asset).exists()
    filler.unlink()
    sweep_until(lambda: {told(first)[0], told(second)[0]} == {"succeeded"})
    assert told(first) == ("succeeded", 1, 0, "")
    assert not Job.objects.filter(state__in=["failed", "quarantined"]).exists()


def test_below_the_reserve_nothing_is_begun_and_nobody_is_blamed(
    site: Site, tone: Tone, media_disk: Path, client: Client
) -> None:
    waiting = [arrive(tone(f"song{n}.wav", seconds=2)) for n in range(4)]
    track = TrackFactory.create(version=waiting[0].asset, owner=waiting[0].asset.owner)
    version = track.primary_version_id
    client.force_login(track.owner)
    filler = fill(media_disk)
    site.work(NEXUS_MEDIA_DIR=str(media_disk))
    wait_until(lambda: {told(job) for job in waiting} == {("pending", 0, 0, SENTENCE)}, 30)
    assert {job.attempt_key for job in waiting} == {""}  # none was even claimed
    sweeping.sweep_jobs()
    assert {told(job) for job in waiting} == {("pending", 0, 0, SENTENCE)}
    page = client.get(f"/versions/{version}/job/")
    assert SENTENCE in page.content.decode()
    state = client.get(f"/api/v1/versions/{version}/").json()["job"]
    assert (state["state"], state["error_code"], state["error"]) == (
        "pending",
        "disk-full",
        SENTENCE,
    )
    filler.unlink()
    sweep_until(lambda: {told(job)[0] for job in waiting} == {"succeeded"})
    assert {told(job) for job in waiting} == {("succeeded", 1, 0, "")}


def test_health_is_degraded_and_the_doctor_warns(
    media_disk: Path, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    assert client.get("/health/").json() == {"status": "ok"}
    filler = fill(media_disk)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"status": "degraded"})
    call_command("doctor")
    said = capsys.readouterr().out
    assert f"0 MiB are free in {media_disk}" in said
    assert "warn  storage     The disk of this site is full." in said
    filler.unlink()
    assert client.get("/health/").json() == {"status": "ok"}


@pytest.mark.parametrize(("kind", "leave"), [("process", 64), ("extras", 1024)])
def test_a_full_work_folder_is_no_fault_of_the_file(
    tone: Tone, disk_of: Callable[[int], Path], settings: Any, kind: str, leave: int
) -> None:
    """Peaks are written there by ourselves (165 KB), the MP3 by FFmpeg (2.4 MB)."""
    settings.NEXUS_WORK_DIR = work = disk_of(8)
    settings.NEXUS_DISK_RESERVE_BYTES = 0
    job = arrive(tone(seconds=60))
    if kind == "extras":
        Job.objects.filter(pk=job.pk).delete()
        job = jobs.enqueue(kind=kind, asset=job.asset)
    filler = fill(work, leave=leave * 1024)
    running.run_job(job.pk)
    assert told(job) == ("pending", 0, 0, SENTENCE)
    assert [path.name for path in work.iterdir()] == [filler.name]
    prefix = f"transcodes/{job.asset_id}"
    assert list(get_storage().list(prefix)) == []
    filler.unlink()
    running.run_job(job.pk)
    assert told(job) == ("succeeded", 1, 0, "")


def test_a_quota_is_a_full_disk_too(tone: Tone, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one error no disk of a test gives: EDQUOT."""
    job = arrive(tone(seconds=2))

    def over_quota(_lease: object) -> None:
        raise OSError(122, "Disk quota exceeded")

    monkeypatch.setitem(KINDS, "process", replace(KINDS["process"], do=over_quota))
    running.run_job(job.pk)
    assert told(job) == ("pending", 0, 0, SENTENCE)
