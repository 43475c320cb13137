"""A recording is near itself, however it was encoded and wherever it begins."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from media_pipeline.steps.descriptor import SIZE, describe, described
from media_pipeline.steps.descriptor_parts import RATE
from media_pipeline.steps.probe import probe
from media_pipeline.steps.sniff import sniff
from tests.media_pipeline.audio import DATA, decode, make

Vector = NDArray[np.float64]
# Where 13 recordings are, as `described` said when this version was made. Other numbers are
# another version, and every site has to describe its music anew.
PLACES: dict[str, list[float]] = json.loads(
    Path(__file__).with_name("descriptors.json").read_text()
)
ENCODINGS = {
    "mp3": ("-c:a", "libmp3lame", "-b:a", "128k"),
    "opus": ("-c:a", "libopus", "-b:a", "64k"),
    "m4a": ("-c:a", "aac", "-b:a", "96k"),
}
SOUNDS = {  # pieces of our own: what FFmpeg's sources say
    "drone": "0.2*(sin(2*PI*110*t)+sin(2*PI*165*t)+0.5*sin(2*PI*220*t))*(0.6+0.4*sin(0.7*t))",
    "steps": "0.3*sin(2*PI*220*t*pow(2,mod(floor(t*4),12)/12))*exp(-6*mod(t,0.25))",
    "minor": "0.15*(sin(2*PI*440*t)+sin(2*PI*523.25*t)+sin(2*PI*659.26*t))*exp(-3*mod(t,0.5))",
    "beat": "(random(0)-0.5)*exp(-30*mod(t,0.5))+0.6*sin(2*PI*55*t)*exp(-9*mod(t,1))",
    "hiss": "0.2*(random(0)-0.5)*(0.3+0.7*abs(sin(0.9*t)))+0.05*sin(2*PI*3000*t)",
}


def heard(path: Path, folder: Path) -> Vector | None:
    demuxer = sniff(path)
    found = describe(path, demuxer, probe(path, demuxer), folder)
    assert not (folder / "mono.f32").exists(), "nothing is left behind"
    return found


def samples(path: Path, *arguments: str) -> NDArray[np.float32]:
    sound = decode(path, *arguments, "-ac", "1", "-ar", str(RATE), form="f32le")
    return np.frombuffer(sound, np.float32)


def nearest(vector: Vector | None, places: dict[str, Vector]) -> list[str]:
    assert vector is not None
    return sorted(places, key=lambda name: 1 - float(vector @ places[name]))[:3]


def synthetic(name: str, seconds: float, to: Path) -> Path:
    wave = f"aevalsrc='{SOUNDS[name]}':s=44100:d={seconds}"
    return make("-f", "lavfi", "-i", wave, to=to)


@cache
def own_places(folder: Path) -> dict[str, Vector]:
    files = {name: synthetic(name, 32, folder / f"{name}.wav") for name in SOUNDS}
    found = {name: described(samples(file)) for name, file in files.items()}
    return {name: vector for name, vector in found.items() if vector is not None}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    own_places(folder)
    return folder


@pytest.mark.parametrize("suffix", ENCODINGS)
@pytest.mark.parametrize("name", SOUNDS)
def test_a_piece_of_our_own_is_found_by_what_encoders_leave(
    own: Path, name: str, suffix: str
) -> None:
    source = ("-i", str(own / f"{name}.wav"), *ENCODINGS[suffix])
    again = make(*source, to=own / f"{name}.{suffix}")
    assert nearest(heard(again, own), own_places(own))[0] == name


def recordings() -> list[str]:
    return [name for name in PLACES if (DATA / name).is_file()] or ["absent"]


def real(name: str) -> Path:
    if not (DATA / name).is_file():
        pytest.skip("The recordings are not on this machine.")
    return DATA / name


def places() -> dict[str, Vector]:
    return {name: np.array(vector) for name, vector in PLACES.items()}


@pytest.mark.parametrize("name", recordings())
def test_a_recording_and_its_passages_are_where_they_were(name: str) -> None:
    sound = samples(real(name))
    whole = described(sound)
    assert whole is not None
    assert whole == pytest.approx(places()[name], abs=1e-3), "is this another VERSION?"
    passages = range(0, len(sound) - 30 * RATE, 30 * RATE)
    for start in passages:
        assert name in nearest(described(sound[start : start + 30 * RATE]), places())


@pytest.mark.parametrize("suffix", ENCODINGS)
@pytest.mark.parametrize("name", recordings())
def test_a_recording_is_near_itself_encoded_again(name: str, suffix: str, tmp_path: Path) -> None:
    source = ("-t", "32", "-i", str(real(name)), "-map", "a:0", "-map_metadata", "-1")
    again = make(*source, *ENCODINGS[suffix], to=tmp_path / f"again.{suffix}")
    assert name in nearest(heard(again, tmp_path), places())


def test_what_encoders_cut_off_counts_for_nothing() -> None:
    noise = np.random.default_rng(1).normal(0, 0.05, 20 * RATE)
    spectrum = np.fft.rfft(noise)
    spectrum[int(10_200 / (RATE / 2) * len(spectrum)) :] = 0
    one, other = described(noise), described(np.fft.irfft(spectrum))
    assert one is not None
    assert other is not None
    assert 1 - one @ other < 0.01


def test_how_loud_it_is_counts_for_nothing() -> None:
    sound = np.random.default_rng(2).normal(0, 0.1, 10 * RATE)
    sound *= np.sin(np.arange(len(sound)) / RATE * 3) ** 2
    one, other = described(sound), described(sound / 20)
    assert one is not None
    assert other is not None
    assert len(one) == SIZE == 91
    assert np.linalg.norm(one) == pytest.approx(1)
    assert 1 - one @ other < 1e-6


@pytest.mark.parametrize("seconds", [0, 2.9])
def test_what_is_too_short_is_not_described(seconds: float) -> None:
    assert described(np.full(int(seconds * RATE), 0.1)) is None


@pytest.mark.parametrize("level", [0.0, 1e-4])
def test_silence_is_not_described(tmp_path: Path, level: float) -> None:
    assert described(np.full(10 * RATE, level)) is None
    quiet = make("-f", "lavfi", "-i", "anullsrc=d=5", to=tmp_path / "quiet.wav")
    assert heard(quiet, tmp_path) is None


@pytest.mark.parametrize(
    "sound",
    [
        np.eye(1, 10 * RATE, 5 * RATE)[0] * 30,
        np.sin(np.arange(10 * RATE)),
        np.where(np.arange(10 * RATE) < 400, 1.0, 0.0),
        np.sin(np.arange(10 * RATE) * 10_500 / RATE * 2 * np.pi),
    ],
    ids=["one click", "one tone", "a bang at the beginning", "a whistle above all"],
)
def test_strange_sound_has_a_place_or_none_but_no_infinities(sound: Vector) -> None:
    found = described(sound)
    assert found is None or (np.isfinite(found).all() and len(found) == SIZE)
