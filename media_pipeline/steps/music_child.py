"""Hear tempo and key of a piece of sound, in a process that nothing else depends on.

A program of its own, run by path under limits (``music.py``): the library is under the AGPL-3.0
alone, and no other module of the site imports it. Descriptor 3: mono samples, 32-bit floats at
44,100 Hz. 4: what was heard, as JSON; null for what could not be told.
"""

import json
import os
from typing import Any

import essentia
import numpy as np

SOUND_FD, HEARD_FD = 3, 4
KEYS = {"A#": "Bb", "D#": "Eb", "G#": "Ab", "Db": "C#", "Gb": "F#"}  # as most people write them

essentia.log.infoActive = essentia.log.warningActive = False

import essentia.standard as es  # noqa: E402 - what it says while it loads is for nobody


def main() -> None:
    with os.fdopen(SOUND_FD, "rb") as file:
        sound = np.fromfile(file, dtype=np.float32)
    heard = {**_tempo(sound), **_key(sound)}
    with os.fdopen(HEARD_FD, "wb") as pipe:
        pipe.write(json.dumps(heard).encode())


def _tempo(sound: Any) -> dict[str, float | None]:
    bpm, _beats, confidence, _, _ = es.RhythmExtractor2013(method="multifeature")(sound)
    there = bool(np.isfinite(bpm)) and bpm > 0
    return {"bpm": float(bpm) if there else None, "bpm_confidence": float(confidence)}


def _key(sound: Any) -> dict[str, str | float]:
    key, scale, strength = es.KeyExtractor(profileType="bgate")(sound)
    name = KEYS.get(key, key) + ("m" if scale == "minor" else "")
    return {"key": name, "key_confidence": float(strength)}


if __name__ == "__main__":
    main()
