"""Originals: kept byte for byte, and equal ones once."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from media_pipeline import storage
from media_pipeline.ffmpeg import Stopped
from media_pipeline.locks import lock
from media_pipeline.models import Asset, Backup, Removal

CHUNK_BYTES = 4 * 1024 * 1024


def sha256_of(path: Path, should_stop: Callable[[], bool]) -> str:
    """Return the SHA-256 of a file as hex. Raises Stopped when `should_stop` says so."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
            if should_stop():
                raise Stopped
    return digest.hexdigest()


def store_once(asset: Asset, sha256: str) -> None:
    """Write down what the original is and, where its bytes are stored already, share those.

    Needs a transaction; on commit the copy that nobody names any more is deleted.
    """
    lock(f"original:{sha256}")  # of two equal ones, the second sees the first
    asset.sha256 = sha256
    duplicates = Asset.objects.filter(sha256=sha256, size_bytes=asset.size_bytes)
    duplicate = duplicates.exclude(key=asset.key).order_by("created_at").first()
    if duplicate:
        lock(f"key:{duplicate.key}")
        if Asset.objects.filter(key=duplicate.key).exists() and storage.get_storage().exists(
            duplicate.key
        ):
            own, asset.key = asset.key, duplicate.key
            transaction.on_commit(lambda: _let_go(own, asset))
    Asset.objects.filter(pk=asset.pk).update(sha256=sha256, key=asset.key)


def _let_go(key: str, asset: Asset) -> None:
    """Delete a copy nobody names; after a backup, if one is under way that may still name it."""
    if Backup.objects.hold():
        Removal.objects.create(asset_id=asset.pk, original_key=key)
    else:
        release_original(key)


def release_original(key: str) -> None:
    """Delete an original from the storage unless an asset still names it."""
    with transaction.atomic():
        lock(f"key:{key}")
        if not Asset.objects.filter(key=key).exists():
            storage.get_storage().delete(key)
