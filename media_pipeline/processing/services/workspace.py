"""A folder of its own for each attempt, gone when the attempt is over."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import Asset
from media_pipeline.steps.errors import Refused
from media_pipeline.storage import get_storage

MISSING = "original-missing"


@dataclass(frozen=True)
class Workspace:
    """Where one attempt may write."""

    folder: Path

    def original(self, asset: Asset) -> Path:
        """Return the original as a local file: in place on the file system, else fetched here.

        Raises Refused `original-missing` when the storage has lost it.
        """
        storage = get_storage()
        try:
            storage.size(asset.key)
            path = storage.local_path(asset.key)
            if path is None:
                path = self.folder / "original"
                storage.fetch(asset.key, path)
        except FileNotFoundError as error:
            raise Refused(
                MISSING, "The file is not in the storage any more. Upload it again."
            ) from error
        return path


@contextmanager
def workspace(lease: Lease) -> Iterator[Workspace]:
    """Make the folder of this attempt and remove it with all that is in it."""
    folder = Path(settings.NEXUS_WORK_DIR) / lease.job.attempt_key
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield Workspace(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
