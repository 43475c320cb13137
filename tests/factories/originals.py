"""Originals that really sound, by their samples alone: silent but for one stretch."""

import io
import wave

import numpy as np

from media_pipeline.storage import get_storage
from tracks.models import TrackVersion

RATE = 8_000


def give_original(version: TrackVersion, *, seconds: float = 3, loud: tuple[float, float]) -> None:
    """Put a WAV below the key of a version’s asset that sounds from `loud[0]` to `loud[1]`."""
    times = np.arange(int(seconds * RATE)) / RATE
    sounds = (times >= loud[0]) & (times < loud[1])
    samples = (np.sin(times * 440 * 2 * np.pi) * 20_000 * sounds).astype("<i2")
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(RATE)
        made.writeframes(samples.tobytes())
    asset = version.media.asset
    get_storage().write(asset.key, file.getvalue(), content_type="audio/wav")
