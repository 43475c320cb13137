"""Files made ready to be given away, under SIGKILL: none is ever given half."""

import hashlib
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from media_pipeline.jobs.services import ending
from media_pipeline.models import Job
from media_pipeline.storage import get_storage
from tests.sites import Site, wait_until
from tests.tracks.downloads.giving import Shelf, body, fetch
from tracks.downloads.selectors import known_keys
from tracks.models import PreparedFile

QUICK = {"NEXUS_LEASE_SECONDS": "2", "NEXUS_HEARTBEAT_SECONDS": "1"}
START_SECONDS = 30
JOB = "downloads.prepare"


@pytest.mark.parametrize("stage", ["downloads:stored", f"job:after-end={JOB}"])
def test_a_worker_killed_while_it_prepares_costs_nothing(
    site: Site, tmp_path: Path, stage: str
) -> None:
    before = set(get_storage().list("downloads"))
    track = Shelf(tmp_path).track("a.wav", gives_flac="everybody")
    address = f"/tracks/{track.slug}/download/?what=flac"
    Job.objects.all().delete()
    assert Client().get(address).status_code == 202
    job = Job.objects.get(kind=JOB)
    Job.objects.exclude(pk=job.pk).update(run_after=timezone.now() + timedelta(days=1))
    killed = site.work("slow", NEXUS_FAULT=stage, **QUICK)
    assert killed.wait(START_SECONDS) == -signal.SIGKILL
    assert PreparedFile.objects.exists() == (stage != "downloads:stored")
    site.work("slow", **QUICK)

    def succeeded() -> bool:
        ending.recover(Job.objects.all())
        job.refresh_from_db()
        return job.state == "succeeded"

    wait_until(succeeded, 60, 0.25)
    row = PreparedFile.objects.get()
    data = body(fetch(Client(), address))
    assert hashlib.sha256(data).hexdigest() == row.sha256
    stored = set(get_storage().list("downloads")) - before
    left = stored - known_keys(stored)
    assert len(left) == (stage == "downloads:stored"), "an orphan, which the sweep finds"
