"""Where bytes lie: on this machine's disk, or in any object storage that speaks S3."""

from functools import lru_cache
from pathlib import Path

from django.core.files.storage import FileSystemStorage, Storage, storages

from media_pipeline.storage.port import (
    Address,
    ClosedError,
    MediaStorage,
    Part,
    PartsBusyError,
    Place,
    Stat,
)

__all__ = [
    "Address",
    "ClosedError",
    "MediaStorage",
    "Part",
    "PartsBusyError",
    "Place",
    "Stat",
    "get_storage",
]


def get_storage() -> MediaStorage:
    """Return the port to the storage that `STORAGES["default"]` names."""
    return _port_of(storages["default"])


@lru_cache(maxsize=4)
def _port_of(backend: Storage) -> MediaStorage:
    if isinstance(backend, FileSystemStorage):
        from media_pipeline.storage.disk import DiskStorage

        return DiskStorage(Path(backend.location))
    from media_pipeline.storage.s3 import S3MediaStorage

    return S3MediaStorage.of(backend)
