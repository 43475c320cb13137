"""One pass over a piece: everything that listening needs, true to the original."""

import numpy as np
import pytest

from media_pipeline import ffmpeg
from media_pipeline.steps.encode import encode
from media_pipeline.steps.errors import Refused
from media_pipeline.steps.probe import probe
from tests.media_pipeline.audio import Shelf, decode, make, process, tone

FRAME = {"opus": 960 / 48000, "opus64": 960 / 48000, "aac": 1024 / 44100}


def test_a_piece_becomes_three_renditions_and_its_measurements(song, shelf):
    encoded = process(song("music/01-hungarian-dance-5.flac"), shelf)

    assert encoded.duration_ms == pytest.approx(45_845, abs=1)
    assert (encoded.sample_rate, encoded.channels) == (44100, 2)
    assert encoded.loudness_lufs == pytest.approx(-18.5, abs=0.2)
    assert encoded.lra == pytest.approx(8.7, abs=0.2)
    assert encoded.true_peak_dbtp == pytest.approx(-2.1, abs=0.2)
    assert len(encoded.loudness_curve) == 45
    assert len(encoded.fingerprint) > 300
    assert len(encoded.overview) == 2000
    assert set(encoded.renditions) == {"opus", "opus64", "aac"}
    for name, stats in encoded.renditions.items():
        assert stats.duration == pytest.approx(45.845, abs=0.05)
        assert f"{name}/segment_007.m4s" in shelf.files


@pytest.mark.parametrize("rendition", ["opus", "opus64", "aac"])
def test_a_rendition_is_as_long_as_the_original(song, shelf, tmp_path, rendition):
    original = song("music/03-vibe-ace-20s-alac.m4a")
    process(original, shelf)
    rate = 44100 if rendition == "aac" else 48000
    length = len(decode(shelf.whole(rendition, tmp_path / "whole.mp4"))) / 4 / rate
    assert length == pytest.approx(len(decode(original)) / 4 / 44100, abs=FRAME[rendition])


def test_what_sounds_left_stays_left(shelf, tmp_path):
    file = make(*tone(3), "-af", "pan=stereo|c0=c0|c1=0*c0", to=tmp_path / "left.wav")
    process(file, shelf)
    for rendition in ("opus", "opus64", "aac"):
        samples = np.frombuffer(decode(shelf.whole(rendition, tmp_path / "whole.mp4")), "<i2")
        left, right = np.abs(samples.reshape(-1, 2).astype(int)).mean(axis=0)
        assert left > 1000
        assert right < left / 50


def test_mono_stays_mono(shelf, tmp_path):
    encoded = process(make(*tone(3), to=tmp_path / "mono.wav"), shelf)
    assert encoded.channels == 1
    assert encoded.renditions["aac"].average_bitrate < 200_000
    length = len(decode(shelf.whole("opus", tmp_path / "whole.mp4"), "-c:a", "pcm_s16le"))
    assert length / 2 / 48000 == pytest.approx(3, abs=FRAME["opus"])


def test_a_file_that_cannot_be_read_is_damaged(shelf, tmp_path):
    flac = make(*tone(1), to=tmp_path / "a.flac")
    wav = make(*tone(1), to=tmp_path / "a.wav")
    with pytest.raises(Refused) as refused:
        encode(flac, "wav", probe(wav, "wav"), shelf)
    assert refused.value.code == "damaged"


def test_progress_is_told_in_seconds_and_stopping_is_obeyed(shelf, tmp_path):
    path = make(*tone(600), to=tmp_path / "long.wav")
    told: list[float] = []
    with pytest.raises(ffmpeg.Stopped):
        encode(
            path,
            "wav",
            probe(path, "wav"),
            shelf,
            on_progress=told.append,
            should_stop=lambda: bool(told),
        )
    assert told == sorted(told)
    assert 0 < told[-1] < 600


def test_the_master_is_there_before_anything_can_be_played(song):
    class Watchful(Shelf):
        def published(self, rendition: str, segments: int, seconds: float, ended: bool) -> None:
            super().published(rendition, segments, seconds, ended)
            if segments >= 3:
                assert self.text("master.m3u8").count("#EXT-X-STREAM-INF") == 3

    shelf = Watchful()
    process(song("music/07-apple-cider.ogg"), shelf)
    levels = [line for line in shelf.text("master.m3u8").splitlines() if line[0] != "#"]
    assert levels == ["opus/playlist.m3u8", "opus64/playlist.m3u8", "aac/playlist.m3u8"]


def test_nothing_personal_is_left_in_what_is_served(shelf, tmp_path):
    path = make(*tone(2), "-metadata", "title=Secret", to=tmp_path / "a.flac")
    process(path, shelf)
    assert not any(b"Secret" in data for data in shelf.files.values())
