"""From the upload to the page: a job of its own measures, and tells the track."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from media_pipeline.models import Job, MusicFacts
from media_pipeline.processing.services import music
from media_pipeline.steps.music import RATE
from tests.ears import clicks, needs_ears, written
from tests.factories.tracks import PublicTrackFactory, TrackFactory
from tests.jobs import do_jobs
from tests.media import arrived, processed
from tests.media_pipeline.audio import make
from tracks.models import Track, TrackVersion
from tracks.music_facts import services
from tracks.versions import services as versions

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def song(tmp_path: Path) -> Path:
    """Clicks, 120 a minute."""
    raw = written(clicks(120, 12), tmp_path / "clicks.f32")
    return make("-f", "f32le", "-ar", str(RATE), "-i", str(raw), to=tmp_path / "clicks.wav")


@needs_ears
def test_a_track_learns_its_tempo_after_it_can_be_heard(song: Path) -> None:
    from media_pipeline.jobs.services import jobs

    track: Track = TrackFactory.create(version=arrived(song))
    jobs.enqueue("process", asset=track.primary_version.media.asset)
    do_jobs("fast")
    assert Job.objects.get(kind=music.KIND).queue == "slow"
    do_jobs("slow")
    track.refresh_from_db()
    assert float(track.bpm) == pytest.approx(120, rel=0.02)
    assert track.bpm_confidence is not None
    assert MusicFacts.objects.get().asset == track.primary_version.media.asset


@needs_ears
def test_another_primary_version_is_measured_in_its_turn(song: Path, tmp_path: Path) -> None:
    quiet = make("-f", "lavfi", "-i", "sine=f=440:d=3", to=tmp_path / "short.wav")
    track: Track = TrackFactory.create(version=processed(song, ["process"]))
    services.expect(track=track)
    do_jobs("slow")
    first, second = track.primary_version, processed(quiet, ["process"])
    other: Any = TrackFactory.create(owner=track.owner, version=second).primary_version
    TrackVersion.objects.filter(pk=other.pk).update(track=track, number=2)
    other.refresh_from_db()
    versions.make_primary(version=other, by=track.owner)
    do_jobs("slow")
    track.refresh_from_db()
    assert (track.bpm, track.music_key) == (None, ""), "too short to tell"
    versions.make_primary(version=first, by=track.owner)
    track.refresh_from_db()
    assert float(track.bpm) == pytest.approx(120, rel=0.02), "at once: it is known"


def test_what_nobody_could_measure_waits_for_the_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    track = PublicTrackFactory.create()
    asset = track.primary_version.media.asset
    monkeypatch.setattr(music, "can_hear", lambda: False)
    assert music.expect(asset=asset) is False
    assert not Job.objects.filter(kind=music.KIND).exists()
    monkeypatch.setattr(music, "can_hear", lambda: True)
    services.sweep()
    assert Job.objects.filter(kind=music.KIND).count() == 1
    Job.objects.all().delete()
    MusicFacts.objects.create(asset=asset, bpm=Decimal("100"), bpm_confidence=2.0)
    services.sweep()
    assert not Job.objects.filter(kind=music.KIND).exists()
