"""An artist with everything, and their archive."""

from collections.abc import Callable
from pathlib import Path

import pytest

from social.models import User
from tests.factories import archives
from tests.factories.tracks import PublicTrackFactory
from tests.social.departure.paid import paid


@pytest.fixture
def ada(db: None) -> User:
    """An artist with at least one of everything."""
    artist = archives.make_artist()
    paid(artist, PublicTrackFactory.create(), artist.name)
    return artist


@pytest.fixture
def archive_of(tmp_path: Path) -> Callable[[User], Path]:
    """A function: person → their archive, made as a worker makes it."""
    return lambda person: archives.make_archive(person, tmp_path)
