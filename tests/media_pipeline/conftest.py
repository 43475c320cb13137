"""What the tests of the machine may ask for."""

from collections.abc import Iterator

import pytest

from media_pipeline.models import Media
from tests.media_pipeline.pieces import stored_piece


@pytest.fixture
def media(db: None) -> Iterator[Media]:
    """One piece that is there to be heard."""
    with stored_piece() as piece:
        yield piece
