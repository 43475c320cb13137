"""Disks that one test may fill."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.disks import MIB, small_disk


@pytest.fixture
def disk_of() -> Iterator[Callable[[int], Path]]:
    """A function: MiB → an empty disk of that size; the way to it is open to everybody."""
    folder = Path(tempfile.mkdtemp(prefix="nexus-disk-"))
    folder.chmod(0o711)
    with ExitStack() as mounted:
        yield lambda size: mounted.enter_context(small_disk(folder / f"of-{size}", size * MIB))
    shutil.rmtree(folder)


@pytest.fixture
def media_disk(disk_of: Callable[[int], Path], settings: Any) -> Path:
    """A disk of 64 MiB on which the storage of this process lies."""
    disk = disk_of(64)
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(disk)},
        }
    }
    return disk
