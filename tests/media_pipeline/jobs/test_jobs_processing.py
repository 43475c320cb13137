"""From an original in the storage to a piece that plays: real files, real FFmpeg, real rows."""

import gzip
import hashlib
import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from config.lib.ids import uuid7
from media_pipeline.assets.services.originals import release_original
from media_pipeline.jobs.services import jobs, sweeping
from media_pipeline.jobs.services.leases import stopping
from media_pipeline.jobs.services.running import run_job
from media_pipeline.models import Asset, Job
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


def test_what_was_found_is_written_down(music: Callable[[str], Path]) -> None:
    path = music("music/01-hungarian-dance-5.flac")
    asset = arrive(path)
    process(asset)
    facts = asset.facts
    assert facts.measured
    assert (facts.codec, facts.container, facts.channels) == ("flac", "flac", 2)
    assert facts.duration_ms > 10_000
    assert facts.loudness_lufs is not None
    assert -40 < facts.loudness_lufs < 0
    assert len(facts.loudness_curve) == pytest.approx(facts.duration_ms / 1000, abs=1.5)
    assert asset.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    waveform = json.loads(gzip.decompress(get_storage().read(asset.waveform.json_key)))
    assert (waveform["version"], waveform["bits"], waveform["samples_per_pixel"]) == (2, 8, 256)
    assert len(asset.waveform.overview) == 2000
    middle = stored(asset, "peaks/256.dat")[24:]
    assert np.frombuffer(middle, np.int8).tolist() == waveform["data"]
    fine = np.frombuffer(stored(asset, "peaks/32.dat")[24:], np.int8).reshape(-1, 2)
    assert -(-len(fine) // 8) == waveform["length"]
    assert (fine[:8, 0].min(), fine[:8, 1].max()) == tuple(waveform["data"][:2])
    for key in (asset.waveform.png_key, asset.waveform.spectral_key):
        assert get_storage().read(key).startswith(b"\x89PNG")
    for key in (asset.artwork.full_key, asset.artwork.thumb_key):
        assert get_storage().read(key).startswith(b"\xff\xd8")
    assert len(asset.fingerprint.chromaprint) > 50
    assert all(word & 0xF == 0 for word in asset.fingerprint.words)
    assert len(set(asset.fingerprint.words)) == len(asset.fingerprint.words)
    assert len(asset.fingerprint.hash) == 64


def test_the_picture_in_the_file_becomes_the_cover(tmp_path: Path, tone: Tone) -> None:
    picture = tmp_path / "cover.png"
    Image.new("RGB", (300, 300), (200, 60, 20)).save(picture)
    options = f"-i {picture} -map 0:a -map 1:v -c:v copy -disposition:v attached_pic"
    asset = arrive(tone("covered.flac", seconds=3, options=options))
    assert process(asset).state == "succeeded"
    assert asset.artwork.origin == "embedded"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("song.mp3", b"This is a text.\n" * 100, "not-audio"),
        ("song.mp3", b"ffconcat version 1.0\nfile /etc/passwd\n", "not-audio"),
        ("song.wav", b"", "empty-file"),
    ],
)
def test_what_is_no_sound_fails_with_a_sentence(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    asset = arrive(tmp_path / name)
    job = process(asset)
    assert (job.state, job.error_code, job.crash_count) == ("failed", code, 0)
    assert job.error.endswith(".")
    assert asset.playable_at is None


def test_a_lost_original_fails_with_a_sentence() -> None:
    job = process(AssetFactory.create())
    assert (job.state, job.error_code) == ("failed", "original-missing")


def test_a_clip_of_two_seconds_plays_and_has_no_fingerprint(tone: Tone) -> None:
    asset = arrive(tone(seconds=2))
    assert process(asset).state == "succeeded"
    assert asset.facts.duration_ms == 2000
    assert asset.fingerprint.hash == ""
    assert asset.artwork.origin == "drawn"


def test_a_piece_longer_than_allowed_is_refused(tone: Tone, settings: Settings) -> None:
    settings.NEXUS_MAX_DURATION_SECONDS = 20
    asset = arrive(tone(seconds=40))
    job = process(asset)
    assert (job.state, job.error_code) == ("failed", "too-long")
    assert "20 seconds" in job.error
    assert asset.playable_at is None, "its beginning is taken back"
    assert not asset.renditions.exists()


def test_a_storage_that_fails_is_no_fault_of_the_file(tone: Tone, settings: Settings) -> None:
    asset = arrive(tone(seconds=2))
    transcodes = Path(settings.STORAGES["default"]["OPTIONS"]["location"]) / "transcodes"
    transcodes.mkdir(exist_ok=True)
    (transcodes / str(asset.pk)).write_text("in the way")
    job = process(asset)
    assert (job.state, job.crash_count, job.error) == ("pending", 1, "")
    assert job.stderr_tail
    (transcodes / str(asset.pk)).unlink()
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "succeeded"


def test_a_worker_that_is_asked_to_end_hands_the_job_back(tone: Tone) -> None:
    asset = arrive(tone(seconds=30))
    stopping.set()
    try:
        job = process(asset)
    finally:
        stopping.clear()
    assert (job.state, job.attempt) == ("pending", 0)


def test_nothing_is_left_in_the_work_folder(tone: Tone, tmp_path: Path, settings: Settings) -> None:
    settings.NEXUS_WORK_DIR = tmp_path / "work"
    process(arrive(tone(seconds=2)))
    assert list(settings.NEXUS_WORK_DIR.iterdir()) == []


def test_the_same_bytes_are_stored_once_and_processed_each(tone: Tone) -> None:
    path = tone(seconds=2)
    first, second, other = arrive(path), arrive(path), arrive(tone("other.wav", seconds=3))
    own = second.key
    for asset in (first, second, other):
        assert process(asset).state == "succeeded"
    assert first.key == second.key != other.key
    assert second.key != own
    assert not get_storage().exists(own)
    assert get_storage().read(first.key) == path.read_bytes()
    assert first.attempt != second.attempt
    assert stored(second, "master.m3u8")


def test_a_shared_original_goes_with_its_last_asset(tone: Tone) -> None:
    path = tone(seconds=2)
    first, second = arrive(path), arrive(path)
    process(first)
    process(second)
    key = first.key
    first.delete()
    release_original(key)
    assert get_storage().exists(key)
    second.delete()
    release_original(key)
    assert not get_storage().exists(key)


def test_the_extras_follow_and_harm_nothing(music: Callable[[str], Path]) -> None:
    asset = arrive(music("music/08-acoustic-guitar.wav"))
    process(asset)
    extras = Job.objects.get(asset=asset, kind="extras")
    assert extras.state == "pending"
    run_job(extras.pk)
    extras.refresh_from_db()
    assert (extras.state, extras.error) == ("succeeded", "")
    asset.refresh_from_db()
    assert asset.extras_attempt == extras.attempt_key != asset.attempt
    rows = asset.renditions.filter(attempt=asset.extras_attempt)
    assert sorted(row.format for row in rows) == ["hls_alac", "hls_flac", "mp3_320"]
    for row in rows:
        assert get_storage().size(f"{asset.prefix_of(row.attempt)}/{row.path}") > 0
        assert row.size_bytes > 0


def test_extras_that_fail_leave_the_version_ready(tone: Tone) -> None:
    asset = arrive(tone(seconds=2))
    process(asset)
    get_storage().delete(asset.key)
    extras = Job.objects.get(asset=asset, kind="extras")
    run_job(extras.pk)
    extras.refresh_from_db()
    asset.refresh_from_db()
    assert extras.state == "failed"
    assert asset.ready_at is not None


def test_outputs_of_old_attempts_go_when_no_signature_can_live(tone: Tone) -> None:
    asset = arrive(tone(seconds=2))
    job = jobs.enqueue(kind="process", asset=asset)
    lost = jobs.claim(job.pk)
    assert lost is not None
    old = f"{asset.prefix_of(lost.job.attempt_key)}/opus/init.mp4"
    get_storage().write(old, b"old", content_type="audio/mp4")
    lost.hand_back()
    run_job(job.pk)
    asset.refresh_from_db()
    assert sweeping.sweep_attempts() == 0
    Job.objects.update(finished_at=timezone.now() - timedelta(days=4))
    assert sweeping.sweep_attempts() == 1
    assert not get_storage().exists(old)
    assert stored(asset, "master.m3u8")
    assert sweeping.sweep_attempts() == 0


def test_work_folders_of_killed_workers_go(tmp_path: Path, settings: Settings) -> None:
    settings.NEXUS_WORK_DIR = tmp_path
    left = tmp_path / "0123456789abcdef"
    left.mkdir()
    assert sweeping.sweep_workspaces() == 0
    os.utime(left, (0, 0))
    assert sweeping.sweep_workspaces() == 1
    assert not left.exists()
