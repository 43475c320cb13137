"""A handful of instruments made of sines and noise. Times in seconds, pitches in MIDI numbers."""

import functools
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

RATE = 44_100  # Hz
Sound = NDArray[np.float64]
Instrument = Callable[[float, float], Sound]


def hertz(pitch: float) -> float:
    """Return the frequency of a MIDI pitch in equal temperament, A4 = 440 Hz."""
    return float(440.0 * 2 ** ((pitch - 69) / 12))


@functools.cache  # the dearest one, and chords come back
def pad(pitch: float, length: float) -> Sound:
    """Soft strings: detuned partials that swell in and fade."""
    t = _times(length + 1.2)
    sound = np.zeros_like(t)
    for cents in (-7, 0, 6):
        base = hertz(pitch + cents / 100)
        for partial in range(1, 9):
            drift = 0.3 * np.sin(2 * np.pi * (0.07 * partial + cents / 90) * t)
            sound += np.sin(2 * np.pi * base * partial * t + drift) / partial**1.9
    return 0.16 * sound * _swell(t, length, rise=0.5, fall=1.1)


def pluck(pitch: float, length: float) -> Sound:
    """A plucked string: each partial dies sooner than the one below, a little stretched."""
    t = _times(min(length + 1.6, 3.2))
    base, sound = hertz(pitch), np.zeros_like(t)
    for partial in range(1, 13):
        tone = base * partial * np.sqrt(1 + 0.0004 * partial**2)
        if tone > RATE / 2.5:
            break
        sound += np.sin(2 * np.pi * tone * t) * np.exp(-t * (1.4 + 0.9 * partial)) / partial**1.1
    return 0.5 * sound * _fade_in(t, 0.002) * _fade_out(t, 0.2)


def bell(pitch: float, length: float) -> Sound:
    """A soft electric piano: one sine bending another (frequency modulation)."""
    t = _times(min(length + 1.8, 4.0))
    base = hertz(pitch)
    bend = 1.6 * np.exp(-t * 5) * np.sin(2 * np.pi * base * 2 * t)
    shine = 0.18 * np.exp(-t * 9) * np.sin(2 * np.pi * base * 7 * t)
    sound = np.sin(2 * np.pi * base * t + bend) + shine
    return 0.34 * sound * np.exp(-t * 1.7) * _fade_in(t, 0.004) * _fade_out(t, 0.3)


def bass(pitch: float, length: float) -> Sound:
    """A round bass with a little wood in its attack."""
    t = _times(length + 0.12)
    base = hertz(pitch)
    sound = np.sin(2 * np.pi * base * t) + 0.35 * np.sin(4 * np.pi * base * t) * np.exp(-t * 6)
    return 0.5 * np.tanh(1.4 * sound) * np.exp(-t * 0.9) * _swell(t, length, 0.006, 0.1)


def kick(_pitch: float, _length: float) -> Sound:
    """A drum whose pitch falls from 130 to 45 Hz."""
    t = _times(0.42)
    phase = 2 * np.pi * (45 * t + 85 / 28 * (1 - np.exp(-28 * t)))
    return 0.95 * np.sin(phase) * np.exp(-t * 9) * _fade_in(t, 0.001)


def snare(_pitch: float, _length: float) -> Sound:
    """Brushed: mostly air."""
    t = _times(0.26)
    body = 0.3 * np.sin(2 * np.pi * 185 * t) * np.exp(-t * 26)
    return 0.36 * (body + 0.6 * _air(t.size, 0.55) * np.exp(-t * 17))


def hat(_pitch: float, length: float) -> Sound:
    """A closed hi-hat; longer notes ring a little."""
    t = _times(0.05 + 0.25 * length)
    return 0.2 * _air(t.size, 0.95) * np.exp(-t * (70 - 80 * min(length, 0.5)))


def room(dry: Sound, wet: float, seconds: float = 2.2) -> Sound:
    """Put a stereo sound (two rows) into a room: convolve it with decaying noise."""
    size = int(seconds * RATE)
    decay = np.exp(-np.arange(size) / RATE * 6.9 / seconds)  # −60 dB at `seconds`
    echo = np.empty((2, dry.shape[1] + size - 1))
    for side in range(2):
        tail = np.convolve(_noise(size, side), np.ones(6) / 6, "same") * decay
        echo[side] = _convolve(dry[side], tail / np.sqrt(np.sum(tail**2)))
    echo[:, : dry.shape[1]] += dry / max(wet, 1e-9)
    mixed: Sound = echo * wet
    return mixed


def _convolve(a: Sound, b: Sound) -> Sound:
    size = a.size + b.size - 1
    fast = 1 << (size - 1).bit_length()
    out: Sound = np.fft.irfft(np.fft.rfft(a, fast) * np.fft.rfft(b, fast), fast)[:size]
    return out


def _times(length: float) -> Sound:
    return np.arange(int(length * RATE)) / RATE


def _noise(size: int, seed: int = 7) -> Sound:
    """White noise, always the same: every site renders the same bytes."""
    return np.random.default_rng(seed).standard_normal(size)


def _air(size: int, brightness: float) -> Sound:
    """White noise with its low end taken away by differencing."""
    noise = _noise(size + 1)
    air: Sound = noise[1:] - brightness * noise[:-1]
    return air


def _fade_in(t: Sound, seconds: float) -> Sound:
    rise: Sound = np.minimum(1.0, t / seconds)
    return rise


def _fade_out(t: Sound, seconds: float) -> Sound:
    fall: Sound = np.clip((t[-1] - t) / seconds, 0.0, 1.0)
    return fall


def _swell(t: Sound, length: float, rise: float, fall: float) -> Sound:
    tail: Sound = np.clip((length + fall - t) / fall, 0.0, 1.0)
    return _fade_in(t, rise) * tail
