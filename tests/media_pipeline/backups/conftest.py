"""A site with something to lose, and a place to keep it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from media_pipeline.backups import services
from media_pipeline.backups.formats import Description
from media_pipeline.backups.targets import Target, open_target
from media_pipeline.models import Backup, Media
from tests.media_pipeline.pieces import stored_piece


@pytest.fixture
def storage(tmp_path: Path, settings: Any) -> Path:
    """A storage of this test alone."""
    folder = tmp_path / "media"
    folder.mkdir()
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder)},
        }
    }
    settings.STATE_DIR = tmp_path / "state"
    settings.STATE_DIR.mkdir()
    return folder


@pytest.fixture
def piece(transactional_db: None, storage: Path) -> Iterator[Media]:
    """One piece in it."""
    with stored_piece() as media:
        yield media


@pytest.fixture
def target(piece: Media, tmp_path: Path) -> Target:
    """An empty folder for backups."""
    return open_target(str(tmp_path / "kept"))


def back_up(target: Target, **how: Any) -> Description:
    """Make a backup."""
    return services.make(services.begin(Backup.Kind.BACKUP, target), target, **how)
