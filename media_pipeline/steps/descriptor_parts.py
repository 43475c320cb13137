"""What is measured of a sound for its descriptor, in units of its own; see ``descriptor.py``."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE = 22_050  # Hz
TOP_HZ = 10_000
FRAME, HOP = 1024, 512  # samples: 46 ms, 23 ms
LONG, LONG_HOP = 8192, 4096  # where semitones are to be told from each other
AT_ONCE = 1024  # frames
BANDS, COEFFICIENTS = 40, 19
FLOOR = 1e-6  # of the loudest band: −60 dB, where encoders begin to differ
FAINT = 1e-5  # of the loud frames: −50 dB, what counts as a pause
ROLLED_OFF = 0.85
LOWEST_NOTE, HIGHEST_NOTE = 36, 96  # MIDI: 65 Hz to 2,093 Hz
PULSES_S = np.geomspace(0.2, 2.0, 10)  # from one beat to the next: nine ranges, 300 to 30 a minute

Sound = NDArray[Any]
Numbers = NDArray[np.float64]


def measured(sound: Sound) -> Numbers | None:
    """Return 91 numbers of mono samples at 22,050 Hz; None where hardly anything is to be heard."""
    power = np.concatenate(list(_powers(sound, FRAME, HOP)))
    loud = power.sum(axis=1)
    is_heard = loud > FAINT * np.percentile(loud, 95)
    if is_heard.sum() < 2:
        return None
    bands = power @ _mel().T
    bands = 10 * np.log10(np.maximum(bands, FLOOR * bands.max()))
    parts = (
        _timbre(bands[is_heard]),
        _spectrum(power[is_heard]),
        _harmony(np.concatenate(list(_powers(sound, LONG, LONG_HOP, _chroma())))),
        _rhythm(bands),
    )
    return np.concatenate(parts)


def _powers(
    sound: Sound, frame: int, hop: int, bins: Numbers | None = None
) -> Iterator[NDArray[Any]]:
    """Yield the power of frames below 10 kHz, many at a time, summed into `bins` where given."""
    window = np.hanning(frame + 1)[:-1].astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(np.asarray(sound, np.float32), frame)[::hop]
    top = int(TOP_HZ * frame / RATE)
    for start in range(0, len(frames), AT_ONCE):
        found = np.fft.rfft(frames[start : start + AT_ONCE] * window, axis=1)[:, :top]
        power = np.square(found.real) + np.square(found.imag)
        yield power.astype(np.float32) if bins is None else np.sqrt(power) @ bins.T


def _hz(frame: int) -> Numbers:
    return np.arange(int(TOP_HZ * frame / RATE)) * RATE / frame


def _mel() -> Numbers:
    """Return 40 triangles, equally wide in mel (O'Shaughnessy 1987), each of area 1."""
    most = 2595 * np.log10(1 + TOP_HZ / 700)
    edges = 700 * (10 ** (np.linspace(0, most, BANDS + 2) / 2595) - 1)
    low, middle, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    hz = _hz(FRAME)[None, :]
    triangles = np.minimum((hz - low) / (middle - low), (high - hz) / (high - middle))
    return np.maximum(0, triangles) * 2 / (high - low)


def _timbre(bands: Numbers) -> Numbers:
    k, n = np.arange(1, COEFFICIENTS + 1)[:, None], np.arange(BANDS)[None, :]
    cosines = np.sqrt(2 / BANDS) * np.cos(np.pi * k * (n + 0.5) / BANDS)
    found = bands @ cosines.T
    change = np.abs(np.diff(found, axis=0)).mean(axis=0)
    return np.concatenate([found.mean(axis=0), found.std(axis=0), change])


def _spectrum(power: NDArray[Any]) -> Numbers:
    """Return centroid (and how it varies), roll-off and width in octaves; flatness in dB; flux."""
    hz = np.maximum(_hz(FRAME), RATE / FRAME)
    share = power / power.sum(axis=1, keepdims=True)
    octaves = np.log2(hz)
    centroid = share @ octaves
    width = np.sqrt(np.maximum(0, share @ octaves**2 - centroid**2))
    rolled = octaves[np.argmax(np.cumsum(share, axis=1) >= ROLLED_OFF, axis=1)]
    least = FLOOR * share.max(axis=1, keepdims=True)
    flat = np.log10(np.maximum(share, least)).mean(axis=1) - np.log10(share.mean(axis=1))
    flux = np.abs(np.diff(np.sqrt(share), axis=0)).sum(axis=1)
    return np.array(
        [
            *(centroid.mean(), centroid.std(), rolled.mean(), width.mean()),
            *(10 * flat.mean(), flux.mean()),
        ]
    )


def _chroma() -> Numbers:
    """Return to which of 12 pitch classes each frequency belongs, softly."""
    notes = 69 + 12 * np.log2(np.maximum(_hz(LONG), 1) / 440)
    inside = (notes >= LOWEST_NOTE) & (notes <= HIGHEST_NOTE)
    away = (notes[None, :] - np.arange(12)[:, None] + 6) % 12 - 6
    return np.where(inside, np.exp(-0.5 * np.square(away / 0.35)), 0)


def _harmony(chroma: Numbers) -> Numbers:
    """Return how chroma is shaped, turned to whatever key: on the whole, and moment by moment."""
    total = chroma.sum(axis=1)
    chroma = chroma[total > FAINT**0.5 * np.percentile(total, 95)]
    if not len(chroma):
        return np.zeros(19)
    chroma = chroma / chroma.sum(axis=1, keepdims=True)
    whole = chroma.mean(axis=0)
    each = np.abs(np.fft.rfft(chroma, axis=1))[:, 1:]
    spread = -(whole * np.log(np.maximum(whole, 1e-9))).sum() / np.log(12)
    return np.concatenate(
        [np.abs(np.fft.rfft(whole))[1:], each.mean(axis=0), each.std(axis=0), [spread]]
    )


def _rhythm(bands: Numbers) -> Numbers:
    """Return how much onsets repeat after each range of times, against all there is of them."""
    onsets = np.maximum(0, np.diff(bands, axis=0)).sum(axis=1)
    onsets = onsets - onsets.mean()
    size = 1 << (2 * len(onsets) - 1).bit_length()
    spectrum = np.abs(np.fft.rfft(onsets, size)) ** 2
    repeats = np.fft.irfft(spectrum)[: len(onsets)]
    repeats = repeats / max(repeats[0], 1e-9)
    edges = np.minimum(np.round(PULSES_S * RATE / HOP).astype(int), len(repeats) - 1)
    return np.array([repeats[a : max(a + 1, b)].max() for a, b in pairwise(edges)])
