"""A full disk is the state of the site, never the fault of a file or of whoever sends it.

One predicate says what "full" is, and one small file is given up for the moment it happens: its
room is for what the site must still write (sessions, logs, PostgreSQL's own), and for nothing else.
"""

import errno
import os
import shutil
from pathlib import Path

from django.conf import settings

MIB = 1024 * 1024
GIB = 1024 * MIB
FULL = {errno.ENOSPC, errno.EDQUOT}
FULL_SQLSTATE = "53100"  # PostgreSQL's disk_full
FULL_STATUS = 507  # what an object storage says that has no room
RESERVE_MOST_BYTES = 1 * GIB
RESERVE_SHARE = 50  # 2 %
KEPT_NAME = ".kept-for-a-full-disk"
KEPT_MOST_BYTES = 20 * MIB  # a segment of PostgreSQL's log (16), without which it does not start
KEPT_SHARE = 16  # on a very small disk
SENTENCE = "The disk of this site is full."
ANSWER = f"{SENTENCE} What has arrived is safe."  # to whoever sends something


def is_full(error: BaseException | None) -> bool:
    """Tell whether this error, or one that led to it, is a disk, quota or storage without room."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        if getattr(error, "sqlstate", None) == FULL_SQLSTATE or _storage_is_full(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def free_bytes(folder: Path) -> int:
    """Return how many bytes may still be written below `folder`, which need not exist yet.

    What the kept file has given up is not counted: that room is nobody's but the site's own.
    """
    there = _existing(folder)
    usage = os.statvfs(there)
    if usage.f_files and not usage.f_favail:  # no file can be made, however much room there is
        return 0
    return max(0, usage.f_bavail * usage.f_frsize - _given_up(there))


def reserve_bytes(folder: Path) -> int:
    """Return below how many free bytes nothing new is begun on the disk of `folder`.

    NEXUS_DISK_RESERVE_BYTES, or else the smaller of 2 % of the disk and 1 GiB.
    """
    own: int = settings.NEXUS_DISK_RESERVE_BYTES
    if own >= 0:
        return own
    return min(shutil.disk_usage(_existing(folder)).total // RESERVE_SHARE, RESERVE_MOST_BYTES)


def is_same_disk(one: Path, other: Path) -> bool:
    """Tell whether two folders, which need not exist yet, take their room from one disk."""
    return _existing(one).stat().st_dev == _existing(other).stat().st_dev


def has_room(folder: Path, size: int = 0) -> bool:
    """Tell whether `size` bytes fit below `folder` without touching the reserve."""
    return free_bytes(folder) - size >= reserve_bytes(folder)


def give_up_kept(state: Path) -> bool:
    """Give the room of the kept file back if the disk of `state` is really full; tell whether."""
    kept = state / KEPT_NAME
    try:
        usage = os.statvfs(state)
        if usage.f_bavail * usage.f_frsize >= kept.stat().st_size:
            return False
        kept.unlink()
    except OSError:
        return False
    return True


def keep_room(state: Path) -> bool:
    """Make the kept file again where it is missing and there is room; tell whether it is there."""
    kept, draft = state / KEPT_NAME, state / f"{KEPT_NAME}.{os.getpid()}"
    size = kept_bytes(state)
    if kept.exists():
        return True
    if os.statvfs(state).f_bavail * os.statvfs(state).f_frsize < 2 * size + reserve_bytes(state):
        return False
    try:
        with draft.open("xb") as file:  # written, not reserved: not every file system can
            for _ in range(0, size, MIB):
                file.write(os.urandom(min(MIB, size)))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(kept)
    finally:
        draft.unlink(missing_ok=True)
    return True


def kept_bytes(state: Path) -> int:
    """Return the size of the kept file on the disk of `state`, in bytes."""
    return min(KEPT_MOST_BYTES, shutil.disk_usage(state).total // KEPT_SHARE)


def _given_up(folder: Path) -> int:
    state = _existing(Path(settings.STATE_DIR))
    if folder.stat().st_dev != state.stat().st_dev or (state / KEPT_NAME).exists():
        return 0
    return kept_bytes(state)


def _existing(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.exists())


def _storage_is_full(error: BaseException) -> bool:
    answer = getattr(error, "response", None)
    data = answer.get("ResponseMetadata") if isinstance(answer, dict) else None
    return isinstance(data, dict) and data.get("HTTPStatusCode") == FULL_STATUS
