"""Room on the disks that this machine's part of the work is done on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from config.lib import disk
from config.lib.problems import Problem
from media_pipeline.storage import get_storage


def is_short() -> bool:
    """Tell whether a disk is below its reserve, so that no new work should be begun."""
    folders = [Path(settings.NEXUS_WORK_DIR), get_storage().root]
    return not all(disk.has_room(folder) for folder in folders if folder is not None)


def require_room(size: int) -> None:
    """Make sure that a new file of `size` bytes leaves the reserve of the storage's disk alone.

    Raises Problem `storage-full`. What an object storage has left is known to itself alone.
    """
    root = get_storage().root
    if root is not None and not disk.has_room(root, size):
        raise storage_full()


def require_room_to_make(size: int) -> None:
    """Make sure that a file of `size` bytes can be made in the work folder, and then be stored.

    Raises Problem `storage-full`.
    """
    work, root = Path(settings.NEXUS_WORK_DIR), get_storage().root
    twice = root is not None and disk.is_same_disk(work, root)
    if not disk.has_room(work, 2 * size if twice else size):
        raise storage_full()
    require_room(size)


def require_space(size: int) -> None:
    """Make sure that `size` bytes can be written at all: an upload under way may use the reserve.

    Raises Problem `storage-full`.
    """
    root = get_storage().root
    if root is not None and disk.free_bytes(root) < size:
        raise storage_full()


@contextmanager
def disk_full_is_said() -> Iterator[None]:
    """Turn the system's word for a full disk into Problem `storage-full`."""
    try:
        yield
    except Exception as error:
        if not disk.is_full(error):
            raise
        disk.give_up_kept(Path(settings.STATE_DIR))
        raise storage_full() from error


def storage_full() -> Problem:
    """Return what is said to those who send something."""
    return Problem("storage-full", disk.ANSWER, status=507)


def sweep_room() -> bool:
    """Make the file again that was given up when the disk was full; tells whether it is there."""
    return disk.keep_room(Path(settings.STATE_DIR))
