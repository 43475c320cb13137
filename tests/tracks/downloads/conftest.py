"""Pieces with their bytes, ready to be given away."""

from pathlib import Path

import pytest

from tests.tracks.downloads.giving import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """What makes pieces and releases of one artist."""
    return Shelf(tmp_path)
