"""From the upload to the descriptor: a job of its own, and a round for what lacks one."""

from pathlib import Path

import pytest

from media_pipeline.jobs.services import jobs
from media_pipeline.models import Descriptor, Job
from media_pipeline.processing.services import descriptor
from media_pipeline.steps.descriptor import SIZE, VERSION
from tests.factories.tracks import PublicTrackFactory, TrackFactory
from tests.jobs import do_jobs
from tests.media import arrived
from tests.media_pipeline.audio import make, tone
from tracks.alike import services
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)


def describing() -> int:
    return Job.objects.filter(kind=descriptor.KIND, state=Job.State.PENDING).count()


def test_a_piece_is_described_once_it_can_be_heard(tmp_path: Path) -> None:
    song = make(*tone(6), to=tmp_path / "song.wav")
    track: Track = TrackFactory.create(version=arrived(song))
    jobs.enqueue("process", asset=track.primary_version.media.asset)
    do_jobs("fast")
    assert Job.objects.get(kind=descriptor.KIND).queue == "slow"
    do_jobs("slow")
    found = Descriptor.objects.get()
    assert found.asset == track.primary_version.media.asset
    assert found.version == VERSION
    assert len(found.vector) == SIZE


def test_silence_is_kept_as_such_and_not_asked_for_again(tmp_path: Path) -> None:
    quiet = make("-f", "lavfi", "-i", "anullsrc=d=5", to=tmp_path / "quiet.wav")
    track: Track = PublicTrackFactory.create(version=arrived(quiet))
    services.expect(track=track)
    do_jobs("slow")
    assert Descriptor.objects.get().vector is None
    services.sweep()
    assert describing() == 0


def test_the_round_asks_for_what_has_none_or_an_old_one() -> None:
    new, old, without = (PublicTrackFactory.create() for _ in range(3))
    for track, version in ((new, VERSION), (old, VERSION - 1)):
        asset = track.primary_version.media.asset
        Descriptor.objects.create(asset=asset, vector=[1.0] * SIZE, version=version)
    services.sweep()
    services.sweep()
    asked = Job.objects.filter(kind=descriptor.KIND).values_list("asset", flat=True)
    assert set(asked) == {t.primary_version.media.asset_id for t in (old, without)}
    assert len(asked) == 2, "each once"


def test_the_round_leaves_alone_what_failed_and_goes_on_to_others() -> None:
    broken = PublicTrackFactory.create()
    services.sweep()
    Job.objects.filter(kind=descriptor.KIND).update(state=Job.State.FAILED)
    fine = PublicTrackFactory.create()
    services.sweep()
    assert describing() == 1
    asked = Job.objects.get(kind=descriptor.KIND, state=Job.State.PENDING)
    assert asked.asset_id == fine.primary_version.media.asset_id
    assert asked.asset_id != broken.primary_version.media.asset_id
