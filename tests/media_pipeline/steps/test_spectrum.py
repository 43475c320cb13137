"""The spectral thumbnail: a tone is a line at its height, whatever the length of the piece."""

import io

import numpy as np
import pytest
from PIL import Image

from media_pipeline.steps.spectrum import BANDS, COLUMNS, SpectrumMeter, spectrum_png


def fed(frequency: float, seconds: float, rate: int = 44100, block: int = 5120) -> np.ndarray:
    meter = SpectrumMeter(rate, 1)
    time = np.arange(int(seconds * rate)) / rate
    wave = (np.sin(2 * np.pi * frequency * time) * 20_000).astype(np.int32)
    for start in range(0, len(wave), block):
        meter.feed(wave[start : start + block])
    return meter.levels()


@pytest.mark.parametrize(("seconds", "block"), [(2, 5120), (2, 100), (2, 10**6), (200, 65536)])
def test_a_tone_is_a_line_at_its_height(seconds, block):
    levels = fed(1000, seconds, block=block)
    expected = BANDS * (1 - np.log(1000 / 40) / np.log(18_000 / 40))
    assert abs(int(levels.mean(axis=1).argmax()) - expected) < 3
    assert levels.shape[1] <= 2 * COLUMNS


def test_silence_and_nothing_are_dark():
    assert fed(0, 1).max() == 0
    assert SpectrumMeter(44100, 2).levels().max() == 0


def test_time_runs_to_the_right():
    meter = SpectrumMeter(8000, 1)
    for frequency in (200, 2000):
        wave = np.sin(2 * np.pi * frequency * np.arange(80_000) / 8000) * 20_000
        meter.feed(wave.astype(np.int32))
    levels = meter.levels()
    half = levels.shape[1] // 2
    assert levels[:, : half - 1].mean(axis=1).argmax() > levels[:, half + 1 :].mean(axis=1).argmax()


def test_the_picture_has_its_size():
    assert Image.open(io.BytesIO(spectrum_png(fed(440, 1)))).size == (400, 120)
