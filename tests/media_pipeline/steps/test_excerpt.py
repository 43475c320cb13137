"""Some seconds of an original are those that were asked for, in every kind of file."""

from pathlib import Path

import numpy as np
import pytest

from media_pipeline.steps.excerpt import excerpt
from media_pipeline.steps.probe import probe
from media_pipeline.steps.sniff import sniff
from tests.media_pipeline.audio import decode, make

RATE = 8_000
CLICK = "aevalsrc=if(between(t\\,61\\,61.5)\\,sin(440*2*PI*t)\\,0):s=44100:d=70"
FILES = {
    "a.wav": [],
    "a.flac": [],
    "a.aiff": [],
    "a.mp3": ["-q:a", "4"],
    "a.ogg": ["-c:a", "libvorbis"],
    "a.opus": ["-c:a", "libopus", "-ar", "48000"],
    "a.m4a": ["-c:a", "aac"],
    "a.aac": ["-c:a", "aac"],
    "a.mka": ["-c:a", "libvorbis"],
}


@pytest.mark.parametrize("name", FILES)
def test_it_begins_where_it_was_asked_to(name: str, tmp_path: Path) -> None:
    source = make("-f", "lavfi", "-i", CLICK, *FILES[name], to=tmp_path / name)
    demuxer = sniff(source)
    made = tmp_path / "excerpt.mp3"
    made.write_bytes(excerpt(source, demuxer, probe(source, demuxer), at_s=58, seconds=5))
    samples = np.frombuffer(decode(made, "-ac", "1", "-ar", str(RATE)), "<i2").astype(int)
    assert len(samples) / RATE == pytest.approx(5, abs=0.2)
    (loud,) = np.nonzero(np.abs(samples) > 5_000)
    assert loud[0] / RATE == pytest.approx(3, abs=0.2)
    assert excerpt(source, demuxer, probe(source, demuxer), at_s=600, seconds=5) == b""
