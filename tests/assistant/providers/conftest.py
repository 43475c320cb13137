"""A server of the wire that is the site's provider while a test runs, and what is sent there."""

import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from config.lib import redis
from tests.factories.tracks import PublicTrackFactory
from tests.openai_wire.server import KEY, OpenAIServer, speaking
from tracks.models import Track

RATE = 16_000


@pytest.fixture
def provider(settings: Any) -> Iterator[OpenAIServer]:
    """Let a server on this machine be whom the site asks, and public pieces be read there."""
    settings.NEXUS_FETCH_LOOPBACK = False  # its address is the operator's, which is enough
    settings.NEXUS_MACHINES = "providers"
    settings.NEXUS_OPENAI_KEY = KEY
    with speaking() as server:
        settings.NEXUS_OPENAI_URL = server.url
        yield server
        client = redis.client()
        for key in client.scan_iter(redis.key("breaker", "127.0.0.1*")):
            client.delete(key)


@pytest.fixture
def track() -> Track:
    """A public piece, of which its owner has said nothing."""
    found: Track = PublicTrackFactory.create()
    return found


def beeps(path: Path, seconds: float, *at: float) -> Path:
    """Write a WAV of so many seconds that is loud for 0.2 s at these times, over a little noise."""
    samples = np.random.default_rng(1).normal(0, 60, round(seconds * RATE))
    for begin in at:
        first = round(begin * RATE)
        samples[first : first + RATE // 5] = 12_000 * np.sin(np.arange(RATE // 5) * 0.3)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.astype("<i2").tobytes())
    return path
