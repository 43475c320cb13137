"""Tempo and key are heard as they are; what cannot be told is not made up."""

import re
from pathlib import Path

import numpy as np
import pytest

from media_pipeline.steps.music import RATE, Heard, hear, measure
from media_pipeline.steps.probe import probe
from media_pipeline.steps.sniff import sniff
from tests.contracts.impossible import SOURCES
from tests.ears import PAIRS, chords, clicks, needs_ears, needs_pairs, written
from tests.media_pipeline.audio import make

LOADING = re.compile(r"^\s*(?:import|from) essentia\b", re.MULTILINE)


def heard(path: Path, folder: Path) -> Heard:
    demuxer = sniff(path)
    found = hear(path, demuxer, probe(path, demuxer), folder)
    assert not (folder / "sound.f32").exists(), "nothing is left behind"
    return found


@needs_ears
@pytest.mark.parametrize("bpm", [120, 129.6])
def test_clicks_are_counted(tmp_path: Path, bpm: float) -> None:
    found = measure(written(clicks(bpm), tmp_path / "clicks.f32"))
    assert found.bpm == pytest.approx(bpm, rel=0.01)
    assert found.bpm_confidence > 1.5


@needs_ears
@pytest.mark.parametrize(
    ("tonic", "mode", "key"), [(0, "major", "C"), (7, "minor", "Gm"), (6, "minor", "F#m")]
)
def test_a_cadence_has_its_key(tmp_path: Path, tonic: int, mode: str, key: str) -> None:
    found = measure(written(chords(tonic, mode), tmp_path / "chords.f32"))
    assert found.key == key
    assert 0.5 < found.key_confidence <= 1


@pytest.mark.parametrize("seconds", [0, 5.9])
def test_what_is_too_short_is_not_measured(tmp_path: Path, seconds: float) -> None:
    assert measure(written(clicks(120, seconds), tmp_path / "short.f32")) == Heard()


def test_silence_has_neither(tmp_path: Path) -> None:
    quiet = np.full(10 * RATE, 1e-4, np.float32)
    assert measure(written(quiet, tmp_path / "quiet.f32")) == Heard()


@needs_ears
def test_noise_is_not_sure(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 12 * RATE).astype(np.float32)
    found = measure(written(noise, tmp_path / "noise.f32"))
    assert found.bpm is None or found.bpm_confidence < 1.5


@needs_ears
def test_any_file_is_heard_by_our_own_pass(tmp_path: Path) -> None:
    raw = written(clicks(120), tmp_path / "clicks.f32")
    source = ["-f", "f32le", "-ar", str(RATE), "-i", raw, "-ar", "22050", "-ac", "2"]
    song = make(*map(str, source), "-b:a", "96k", to=tmp_path / "clicks.mp3")
    assert heard(song, tmp_path).bpm == pytest.approx(120, rel=0.01)


def test_nothing_but_the_child_loads_the_library() -> None:
    repo = Path(__file__).parents[3]
    files = [file for app in SOURCES for file in (repo / app).rglob("*.py")]
    loading = {file.name for file in files if LOADING.search(file.read_text())}
    assert loading == {"music_child.py"}


@needs_ears
@needs_pairs
@pytest.mark.long("hears six whole recordings")
def test_recordings_relate_as_they_were_made(tmp_path: Path) -> None:
    names = {
        "as it is": "fishin-trim-last-20s.mp3",
        "faster": "fishin-tempo-plus-8pct.mp3",
        "sped up": "fishin-speed-plus-4pct.mp3",
        "higher": "fishin-pitch-plus-1-semitone.mp3",
        "A": "entertainer-A.ogg",
        "B": "entertainer-B.ogg",
    }
    found = {name: heard(PAIRS / file, tmp_path) for name, file in names.items()}
    first = found["as it is"]
    assert found["faster"].bpm / first.bpm == pytest.approx(1.08, rel=0.01)
    assert found["sped up"].bpm / first.bpm == pytest.approx(1.04, rel=0.01)
    assert found["higher"].bpm == pytest.approx(first.bpm, rel=0.01)
    assert (first.key, found["higher"].key) == ("Bb", "B")
    assert found["A"].bpm / found["B"].bpm == pytest.approx(1.12, rel=0.01)
    assert {found[name].key for name in ("A", "B")} == {"C"}
