"""A stage for the steps: real music where it is at hand, tones that FFmpeg plays where not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.media_pipeline.audio import DATA, Shelf, make, tone


@pytest.fixture
def song(tmp_path: Path) -> Callable[[str], Path]:
    """A real piece by its path in the data folder; without the folder, 20 s of a chord."""

    def find(name: str) -> Path:
        real = DATA / name
        if real.exists():
            return real
        return make(*tone(20), "-ac", "2", to=tmp_path / Path(name).name)

    return find


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()
