"""Every kind of file that Nexus promises, each rate, depth and number of channels."""

import numpy as np
import pytest

from media_pipeline.steps.probe import probe
from media_pipeline.steps.sniff import sniff
from tests.media_pipeline.audio import Shelf, decode, make, process, tone

KINDS = {
    "wav": ("wav", ["a.wav"]),
    "rf64": ("wav", ["-rf64", "always", "a.wav"]),
    "w64": ("w64", ["a.w64"]),
    "aiff": ("aiff", ["a.aiff"]),
    "flac": ("flac", ["a.flac"]),
    "mp3": ("mp3", ["-b:a", "128k", "a.mp3"]),
    "mp3-bare": ("mp3", ["-id3v2_version", "0", "-write_xing", "0", "a.mp3"]),
    "mp2": ("mp3", ["-c:a", "mp2", "-f", "mp2", "a.mp2"]),
    "vorbis": ("ogg", ["-c:a", "libvorbis", "a.ogg"]),
    "opus": ("ogg", ["-c:a", "libopus", "a.opus"]),
    "flac-in-ogg": ("ogg", ["-c:a", "flac", "a.oga"]),
    "m4a": ("mov", ["-c:a", "aac", "a.m4a"]),
    "alac": ("mov", ["-c:a", "alac", "a.m4a"]),
    "mov": ("mov", ["-c:a", "pcm_s24le", "a.mov"]),
    "adts": ("aac", ["-c:a", "aac", "a.aac"]),
    "webm": ("matroska", ["-c:a", "libopus", "a.webm"]),
    "webm-recorded": ("matroska", ["-c:a", "libopus", "-live", "1", "-f", "webm", "a.webm"]),
    "matroska": ("matroska", ["-c:a", "flac", "a.mka"]),
    "caf": ("caf", ["-c:a", "pcm_s16be", "a.caf"]),
    "mulaw": ("wav", ["-c:a", "pcm_mulaw", "a.wav"]),
    "adpcm": ("wav", ["-c:a", "adpcm_ms", "a.wav"]),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_known_and_plays_whole(tmp_path, kind):
    demuxer, (*options, name) = KINDS[kind]
    path = make(*tone(3), "-ac", "2", *options, to=tmp_path / name)
    assert sniff(path) == demuxer
    encoded = process(path, Shelf())
    assert encoded.duration_ms == pytest.approx(3000, abs=80)
    assert encoded.channels == 2


def test_a_recording_without_a_duration_is_as_long_as_its_sound(tmp_path):
    """What a browser records has no duration in its header: nothing is claimed, all is measured."""
    options = ["-c:a", "libopus", "-live", "1", "-f", "webm"]
    path = make(*tone(7), *options, to=tmp_path / "recording.webm")
    assert probe(path, "matroska").duration_s is None
    assert process(path, Shelf()).duration_ms == pytest.approx(7000, abs=80)


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 32000, 48000, 88200, 96000, 192000])
def test_every_rate_comes_out_as_long_as_it_went_in(tmp_path, rate):
    path = make(*tone(7, rate=rate), to=tmp_path / "a.wav")
    shelf = Shelf()
    encoded = process(path, shelf)
    assert (encoded.duration_ms, encoded.sample_rate) == (7000, rate)
    assert len(encoded.peaks) == -(-7 * rate // 256)
    frames = {"opus": 960 / 48000, "opus64": 960 / 48000, "aac": 1024 / 44100}
    for rendition, frame in frames.items():
        whole = shelf.whole(rendition, tmp_path / "whole.mp4")
        seconds = len(decode(whole, "-ar", "48000")) / 2 / 48000
        assert seconds == pytest.approx(7, abs=frame + 0.0002)


DEPTHS = {
    "pcm_u8": 8,
    "pcm_s16le": 16,
    "pcm_s24le": 24,
    "pcm_s32le": 32,
    "pcm_f32le": 32,
    "pcm_f64le": 64,
}


@pytest.mark.parametrize("codec", DEPTHS)
def test_every_depth_sounds_as_loud(tmp_path, codec):
    path = make(*tone(4), "-af", "volume=6dB", "-c:a", codec, to=tmp_path / "a.wav")
    assert probe(path, "wav").bit_depth == DEPTHS[codec]
    encoded = process(path, Shelf())
    assert encoded.loudness_lufs == pytest.approx(-15.7, abs=0.3)
    assert encoded.true_peak_dbtp == pytest.approx(-12.0, abs=0.3)


@pytest.mark.parametrize("layout", ["mono", "stereo", "3.0", "quad", "5.1", "7.1"])
def test_more_than_two_channels_become_two(tmp_path, layout):
    path = make(*tone(3), "-af", f"aformat=channel_layouts={layout}", to=tmp_path / "a.wav")
    shelf = Shelf()
    encoded = process(path, shelf)
    assert encoded.channels == (1 if layout == "mono" else 2)
    samples = np.frombuffer(decode(shelf.whole("opus", tmp_path / "whole.mp4")), "<i2")
    assert np.abs(samples.astype(int)).mean() > 500


def test_six_channels_in_no_known_order_play_too(tmp_path):
    path = make(*tone(3), "-ac", "6", "-c:a", "pcm_s16le", to=tmp_path / "a.wav")
    data = bytearray(path.read_bytes())
    at = data.find(b"fmt ")
    data[at + 28 : at + 32] = bytes(4)  # the channel mask of WAVE_FORMAT_EXTENSIBLE
    path.write_bytes(data)
    assert process(path, Shelf()).channels == 2
