"""Small disks that really are full: a tmpfs of some megabytes, with or without privileges."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MIB = 1024 * 1024
FILLER = "filler"


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """Lend an empty file system of `size` bytes, mounted at `folder` where that is allowed.

    Without privileges it lies in a namespace of its own, which is reached through /proc. Fails
    with a sentence, never silently, where neither is possible.
    """
    folder.mkdir(parents=True)
    options = f"size={size},mode=755"
    mount = ["mount", "-t", "tmpfs", "-o", options, "small-disk", str(folder)]
    if os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0:
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        return
    script = f"{' '.join(mount)} && echo mounted && exec sleep 600"
    holder = subprocess.Popen(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        if holder.stdout is None or holder.stdout.readline() != b"mounted\n":
            pytest.fail(
                "Not run: this needs a tmpfs, by mount (root) or unshare (user namespaces).",
                pytrace=False,
            )
        yield Path(f"/proc/{holder.pid}/root{folder}")
    finally:
        os.killpg(holder.pid, signal.SIGKILL)
        holder.wait()


def fill(folder: Path, leave: int = 0) -> Path:
    """Fill the disk of `folder` but for `leave` bytes; removing the file returned empties it."""
    filler = folder / FILLER
    with filler.open("ab", buffering=0) as file:
        try:
            while True:
                file.write(bytes(MIB))
        except OSError:
            pass
        try:
            while True:
                file.write(bytes(512))
        except OSError:
            pass
        if leave:
            file.truncate(max(0, filler.stat().st_size - leave))
    return filler
