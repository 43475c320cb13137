"""An artist with everything, and their archive."""

from collections.abc import Callable
from pathlib import Path

import pytest

from social.models import User
from tests.factories import archives
from tests.factories.tracks import PublicTrackFactory
from tests.social.departure.paid import paid
from tests.social.departure.read import read_by_machines
from tracks.models import Track


@pytest.fixture
def ada(db: None) -> User:
    """An artist with at least one of everything."""
    artist = archives.make_artist()
    paid(artist, PublicTrackFactory.create(), artist.name)
    read_by_machines(artist, artist.name, Track.objects.filter(owner=artist)[0])
    return artist


@pytest.fixture
def archive_of(tmp_path: Path) -> Callable[[User], Path]:
    """A function: person → their archive, made as a worker makes it."""
    return lambda person: archives.make_archive(person, tmp_path)
