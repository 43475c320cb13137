"""PostgreSQL's memory, as much as the machine has to give beside the other processes of a site."""

import os
from contextlib import suppress
from pathlib import Path

MB = 1 << 20
CGROUP = Path("/sys/fs/cgroup/memory.max")
LEAST = 1024 * MB  # what a site is made for


def settings(memory: int) -> dict[str, str]:
    """Return the settings for a machine of so many bytes.

    An eighth is PostgreSQL's own cache, a quarter what it may hope for in the system's. A sort has
    little, because eighty connections may sort at once. Pages of an SSD are as near in any order.
    """
    return {
        "shared_buffers": _mb(memory / 8, 64, 2048),
        "effective_cache_size": _mb(memory / 2, 512, 65_536),
        "work_mem": _mb(memory / 512, 4, 32),
        "maintenance_work_mem": _mb(memory / 32, 64, 512),
        "random_page_cost": "1.1",
    }


def memory() -> int:
    """Return the bytes of memory that this machine, or the group this process is in, may use."""
    found = LEAST
    with suppress(ValueError, OSError):
        found = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    with suppress(ValueError, OSError):
        found = min(found, int(CGROUP.read_text()))  # "max" where there is no bound
    return max(found, LEAST)


def _mb(wanted: float, least: int, most: int) -> str:
    return f"{int(min(max(wanted / MB, least), most))}MB"
