"""An artist with everything, and their archive."""

from collections.abc import Callable
from pathlib import Path

import pytest

from social.models import User
from tests.factories import archives


@pytest.fixture
def ada(db: None) -> User:
    """An artist with at least one of everything."""
    return archives.make_artist()


@pytest.fixture
def archive_of(tmp_path: Path) -> Callable[[User], Path]:
    """A function: person → their archive, made as a worker makes it."""
    return lambda person: archives.make_archive(person, tmp_path)
