"""From an original in the storage to a piece that plays: real files, real FFmpeg, real rows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.lib.ids import uuid7
from media_pipeline.models import Asset, Job
from media_pipeline.services import jobs
from media_pipeline.services.running import run_job
from media_pipeline.storage import get_storage
from tests.factories.media_pipeline import AssetFactory

pytestmark = pytest.mark.django_db(transaction=True)

Tone = Callable[..., Path]


def arrive(path: Path, **fields: object) -> Asset:
    """Put a file into the storage as an upload would; return its asset."""
    asset_id = uuid7()
    key = f"originals/{asset_id}{path.suffix}"
    get_storage().write_file(key, path, content_type="application/octet-stream")
    asset: Asset = AssetFactory.create(
        id=asset_id, key=key, filename=path.name, size_bytes=path.stat().st_size, **fields
    )
    return asset


def process(asset: Asset) -> Job:
    """Do the main job of this asset in this very process; return the row as it ended."""
    job = jobs.enqueue(kind="process", asset=asset)
    run_job(job.pk)
    job.refresh_from_db()
    asset.refresh_from_db()
    return job


def stored(asset: Asset, path: str) -> bytes:
    return get_storage().read(f"{asset.prefix_of(asset.attempt)}/{path}")


def test_a_piece_becomes_playable_and_ready(music: Callable[[str], Path]) -> None:
    asset = arrive(music("music/01-hungarian-dance-5.flac"))
    job = process(asset)
    assert (job.state, job.error, job.progress) == ("succeeded", "", 100)
    assert asset.playable_at is not None
    assert asset.ready_at is not None
    assert asset.playable_at < asset.ready_at
    assert asset.attempt == job.attempt_key
    assert b"opus/playlist.m3u8" in stored(asset, "master.m3u8")
    for name in ("opus", "opus64", "aac"):
        playlist = stored(asset, f"{name}/playlist.m3u8").decode()
        assert playlist.endswith("#EXT-X-ENDLIST\n")
        for line in playlist.splitlines():
            if line and not line.startswith("#"):
                assert stored(asset, f"{name}/{line}")
    formats = asset.renditions.values_list("format", "status", "attempt")
    ready = [(name, "ready", asset.attempt) for name in ("hls_aac", "hls_opus", "hls_opus64")]
    assert sorted(formats) == ready
