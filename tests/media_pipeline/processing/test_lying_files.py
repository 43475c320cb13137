"""Headers that lie and files that are broken: played with true figures, or refused."""

import os
import struct

import pytest

from media_pipeline.steps.probe import probe
from tests.media_pipeline.audio import Shelf, make, process, tone
from tests.media_pipeline.hostile import refusal, wav


def test_a_wav_that_claims_six_days_plays_its_two_seconds(tmp_path):
    path = tmp_path / "long.wav"
    path.write_bytes(wav(b"\x80\x90" * 8000, rate=8000, bits=8, claim=0xFFFFFFF0))
    assert probe(path, "wav").duration_s == pytest.approx(2, abs=0.1)
    assert process(path, Shelf()).duration_ms == 2000


def test_an_aiff_that_claims_a_day_plays_its_two_seconds(tmp_path):
    path = make(*tone(2), to=tmp_path / "long.aiff")
    data = bytearray(path.read_bytes())
    at = data.find(b"COMM")
    data[at + 10 : at + 14] = b"\x7f\xff\xff\xff"  # the number of sample frames
    path.write_bytes(data)
    assert probe(path, "aiff").duration_s == pytest.approx(2, abs=0.1)
    assert process(path, Shelf()).duration_ms == 2000


def test_a_flac_that_claims_eighteen_days_plays_its_two_seconds(tmp_path):
    path = make(*tone(2), to=tmp_path / "long.flac")
    data = bytearray(path.read_bytes())
    data[21] |= 0x0F  # STREAMINFO: 36 bits of total samples, RFC 9639 section 8.2
    data[22:26] = b"\xff" * 4
    path.write_bytes(data)
    assert probe(path, "flac").duration_s is None
    assert process(path, Shelf()).duration_ms == 2000


def test_an_mp3_that_claims_eighteen_days_plays_its_two_seconds(tmp_path):
    path = make(*tone(2), "-q:a", "4", to=tmp_path / "long.mp3")
    data = bytearray(path.read_bytes())
    at = data.find(b"Xing") if b"Xing" in data else data.find(b"Info")
    assert data[at + 7] & 1
    data[at + 8 : at + 12] = struct.pack(">I", 18 * 86400 * 44100 // 1152)
    path.write_bytes(data)
    assert process(path, Shelf()).duration_ms == pytest.approx(2000, abs=60)


@pytest.mark.parametrize(
    "suffix", ["wav", "flac", "mp3", "ogg", "opus", "aiff", "aac", "caf", "w64"]
)
def test_half_a_file_plays_its_half(tmp_path, suffix):
    path = make(*tone(8), to=tmp_path / f"half.{suffix}")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert 2000 <= process(path, Shelf()).duration_ms <= 4700


def test_half_an_m4a_has_lost_its_index(tmp_path):
    path = make(*tone(8), to=tmp_path / "half.m4a")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refusal(path) == "damaged"


@pytest.mark.parametrize(
    "suffix", ["wav", "flac", "mp3", "ogg", "m4a", "aiff", "aac", "caf", "w64"]
)
def test_a_head_without_a_body_is_damaged(tmp_path, suffix):
    path = make(*tone(8), to=tmp_path / f"head.{suffix}")
    path.write_bytes(path.read_bytes()[:24])
    assert refusal(path) in {"damaged", "not-audio", "no-audio-stream"}


def test_noise_in_the_middle_is_passed_over(tmp_path):
    path = make(*tone(8), "-b:a", "128k", to=tmp_path / "scratched.mp3")
    data = bytearray(path.read_bytes())
    data[40_000:60_000] = os.urandom(20_000)
    path.write_bytes(data)
    assert process(path, Shelf()).duration_ms == pytest.approx(8000, abs=2000)


@pytest.mark.parametrize(
    "lie",
    [
        {"channels": 0},
        {"rate": 0},
        {"channels": 65535},
        {"channels": 40},
        {"bits": 0},
        {"tag": 0x7777},
        {"rate": 0xFFFFFFFF},
    ],
)
def test_impossible_wav_headers_are_refused(tmp_path, lie):
    path = tmp_path / "odd.wav"
    path.write_bytes(wav(b"\x01\x02" * 60_000, **lie))
    assert refusal(path) in {"damaged", "too-many-channels", "codec-not-played"}


@pytest.mark.parametrize("poison", [float("nan"), float("inf"), 1e38])
def test_numbers_that_are_no_sound_are_refused(tmp_path, poison):
    path = tmp_path / "nan.wav"
    path.write_bytes(wav(struct.pack("<f", poison) * 100_000, bits=32, tag=3))
    assert refusal(path) == "damaged"
