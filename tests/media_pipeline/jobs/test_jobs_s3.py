"""The main job where originals and segments lie in a bucket."""

from collections.abc import Callable
from pathlib import Path

import pytest

from media_pipeline.jobs.services.running import run_job
from media_pipeline.models import Job
from media_pipeline.storage.s3 import S3MediaStorage
from tests.factories.media_pipeline import AssetFactory
from tests.media_pipeline.jobs.test_jobs_processing import arrive, process, stored

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_piece_is_fetched_processed_and_stored(
    site_bucket: S3MediaStorage, tone: Callable[..., Path]
) -> None:
    path = tone(seconds=20)
    asset = arrive(path)
    job = process(asset)
    assert (job.state, job.error, job.stderr_tail) == ("succeeded", "", "")
    assert b"opus/playlist.m3u8" in stored(asset, "master.m3u8")
    assert stored(asset, "aac/playlist.m3u8").endswith(b"#EXT-X-ENDLIST\n")
    assert site_bucket.read(asset.key) == path.read_bytes()
    extras = Job.objects.get(asset=asset, kind="extras")
    run_job(extras.pk)
    asset.refresh_from_db()
    mp3 = f"{asset.prefix_of(asset.extras_attempt)}/mp3_320.mp3"
    assert site_bucket.size(mp3) == asset.renditions.get(format="mp3_320").size_bytes


def test_an_original_that_is_gone_from_the_bucket_is_said_to_be(
    site_bucket: S3MediaStorage,
) -> None:
    assert process(AssetFactory.create()).error_code == "original-missing"
