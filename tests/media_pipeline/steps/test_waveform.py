"""The waveform's numbers against a slow, independent reading of audiowaveform's rules."""

import gzip
import json
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media_pipeline.steps.peaks import FinePeaks, coarsest, dat
from media_pipeline.steps.waveform import WaveformMeter, overview, waveform_json


def slowly(pcm: bytes, channels: int, per_pixel: int = 256) -> list[list[int]]:
    """WaveformGenerator::process and WaveformBuffer of bbc/audiowaveform, one sample at a time."""
    samples = [value for (value,) in struct.iter_unpack("<h", pcm)]
    pixels = []
    for start in range(0, len(samples), per_pixel * channels):
        frames = samples[start : start + per_pixel * channels]
        mono = [
            int(sum(frames[i : i + channels]) / channels) for i in range(0, len(frames), channels)
        ]
        pixels.append([int(min(mono) / 256), int(max(mono) / 256)])
    return pixels


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("frames", [1, 255, 256, 257, 10_000])
def test_the_numbers_are_those_of_audiowaveform(channels, frames):
    noise = np.random.default_rng(frames).integers(-32768, 32768, frames * channels)
    pcm = noise.astype("<i2").tobytes()
    meter = WaveformMeter(channels)
    meter.feed(pcm)
    assert meter.close().tolist() == slowly(pcm, channels)
    assert meter.frames == frames


@given(st.binary(max_size=5000), st.lists(st.integers(1, 1500), max_size=8))
@settings(max_examples=60, deadline=None)
def test_it_does_not_matter_how_the_samples_arrive(data, cuts):
    pcm = data[: len(data) - len(data) % 4]
    meter, position = WaveformMeter(2), 0
    for cut in cuts:
        meter.feed(pcm[position : position + cut])
        position += cut
    meter.feed(pcm[position:])
    assert meter.close().tolist() == slowly(pcm, 2)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("frames", [0, 1, 31, 33, 257, 2047, 2049, 30_001])
def test_every_level_is_exact(tmp_path, channels, frames):
    noise = np.random.default_rng(frames).integers(-32768, 32768, frames * channels)
    pcm = noise.astype("<i2").tobytes()
    with FinePeaks(tmp_path / "peaks.dat", 48_000) as fine:
        meter = WaveformMeter(channels, fine.add)
        for start in range(0, len(pcm), 3001):
            meter.feed(pcm[start : start + 3001])
        peaks = meter.close()
    written = {
        32: fine.path.read_bytes(),
        256: dat(peaks, 48_000, 256),
        2048: dat(coarsest(peaks), 48_000, 2048),
    }
    for level, data in written.items():
        pixels = slowly(pcm, channels, level)
        head = struct.unpack("<iIiiIi", data[:24])
        assert head == (2, 1, 48_000, level, len(pixels), 1)
        assert np.frombuffer(data[24:], np.int8).reshape(-1, 2).tolist() == pixels


def test_the_file_reads_like_audiowaveform_version_2():
    peaks = np.array([[-128, 127], [-3, 4]], np.int8)
    assert json.loads(gzip.decompress(waveform_json(peaks, 44100))) == {
        "version": 2,
        "channels": 1,
        "sample_rate": 44100,
        "samples_per_pixel": 256,
        "bits": 8,
        "length": 2,
        "data": [-128, 127, -3, 4],
    }


def test_a_long_piece_is_written_whole():
    peaks = np.zeros(((1 << 17) + 5, 2), np.int8)
    assert len(json.loads(gzip.decompress(waveform_json(peaks, 48000)))["data"]) == 2 * len(peaks)


def test_the_overview_keeps_every_extreme():
    peaks = np.random.default_rng(7).integers(-128, 128, (51_680, 2)).astype(np.int8)
    peaks.sort(axis=1)
    parts = np.array(overview(peaks)).reshape(-1, 2)
    assert parts.shape == (1000, 2)
    assert (parts[:, 0].min(), parts[:, 1].max()) == (peaks[:, 0].min(), peaks[:, 1].max())


def test_a_very_short_piece_still_fills_its_overview():
    peaks = np.array([[-5, 5], [-90, 100]], np.int8)
    parts = overview(peaks)
    assert (len(parts), parts[:2], parts[-2:]) == (2000, [-5, 5], [-90, 100])
    assert overview(peaks[:0]) == []
