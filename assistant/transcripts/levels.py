"""How loud a recording is, ten times a second: what tells words from those over silence."""

import wave
from pathlib import Path

import numpy as np

from assistant.transcripts.rules import BLOCK_MS, FLOOR_DB, Curve

AT_ONCE_S = 60


def levels_of(sound: Path) -> Curve:
    """Return the level of a mono WAV of 16 bits in dBFS, one value per block. Reads by minutes."""
    found: list[Curve] = []
    with wave.open(str(sound)) as file:
        block = file.getframerate() * BLOCK_MS // 1000
        while data := file.readframes(block * AT_ONCE_S * 1000 // BLOCK_MS):
            samples = np.frombuffer(data, np.int16).astype(np.float64) / 32768
            missing = -len(samples) % block
            rows = np.pad(samples, (0, missing)).reshape(-1, block)
            power = np.mean(rows**2, axis=1)
            found.append(np.maximum(10 * np.log10(np.maximum(power, 1e-12)), FLOOR_DB))
    return np.concatenate(found) if found else np.zeros(0)
