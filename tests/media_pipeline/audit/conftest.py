"""A storage of the test's own, on disk and in a bucket, and days that pass at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from media_pipeline.storage import MediaStorage, get_storage

Put = Callable[..., None]


def on_disk(folder: Path, settings: Any) -> MediaStorage:
    """Let this process keep its files in this folder."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder)},
        }
    }
    return get_storage()


@pytest.fixture
def disk(tmp_path: Path, settings: Any) -> MediaStorage:
    """The storage of this process, in an empty folder."""
    return on_disk(tmp_path / "media", settings)


@pytest.fixture(params=["disk", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path, settings: Any) -> MediaStorage:
    """The storage of this process, empty, of either kind."""
    if request.param == "s3":
        found: MediaStorage = request.getfixturevalue("site_bucket")
        return found
    return on_disk(tmp_path / "media", settings)
