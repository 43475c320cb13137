"""Giving back the room of a stretch of a file that holds nothing worth keeping."""

import ctypes
import sys

KEEP_SIZE, PUNCH_HOLE = 1, 2  # linux/falloc.h


def punch(handle: int, offset: int, size: int) -> bool:
    """Make bytes `offset` up to `offset + size` of an open file a hole that takes no room.

    Tells whether the file system could; where it cannot, the bytes stay and harm nobody.
    """
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    where = ctypes.c_longlong(offset), ctypes.c_longlong(size)
    return bool(libc.fallocate(handle, KEEP_SIZE | PUNCH_HOLE, *where) == 0)
