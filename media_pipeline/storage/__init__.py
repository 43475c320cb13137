"""Where bytes live: one narrow port, a file system or any S3 behind it."""

from functools import cache

from django.conf import settings

from media_pipeline.storage.port import MediaStorage

__all__ = ["MediaStorage", "get_storage"]


@cache
def get_storage() -> MediaStorage:
    """Return the storage that the settings name, made once per process."""
    if settings.S3_BUCKET:
        from media_pipeline.storage.s3 import S3MediaStorage

        return S3MediaStorage.from_settings()
    from media_pipeline.storage.filesystem import FileMediaStorage

    return FileMediaStorage.from_settings()
