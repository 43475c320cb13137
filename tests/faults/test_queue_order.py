"""Who waits longest is not who looks on: what a worker takes first."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from media_pipeline.jobs.services import jobs
from media_pipeline.models import Job
from tests.media_pipeline.jobs.test_jobs_processing import arrive, process
from tests.sites import Site, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_picture_does_not_wait_behind_the_extras_of_a_whole_release(
    site: Site, tone: Callable[..., Path], tmp_path: Path
) -> None:
    for number in range(4):
        process(arrive(tone(f"{number}.wav", seconds=20)))
    assert Job.objects.filter(kind=Job.Kind.EXTRAS, state=Job.State.PENDING).count() == 4
    Image.new("RGB", (400, 400), (180, 90, 40)).save(tmp_path / "seen.png")
    picture = jobs.enqueue(kind=Job.Kind.VISUAL, asset=arrive(tmp_path / "seen.png"))
    site.work("slow")
    wait_until(lambda: not Job.objects.exclude(state=Job.State.SUCCEEDED).exists(), 60)
    picture.refresh_from_db()
    before = Job.objects.filter(kind=Job.Kind.EXTRAS, started_at__lt=picture.started_at)
    assert before.count() <= 1  # the one that was under way
