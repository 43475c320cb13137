"""Words and a cover for a file that is given away, kept as what they change and nothing more.

Most formats keep what describes the sound before or behind it: then a copy with other words is a
new head, a long stretch of the file as it lies in the storage, and a new tail.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from media_pipeline import ffmpeg

CHILD = Path(__file__).with_name("tagging_child.py")
MIB = 1 << 20
ROOM = 96 * MIB  # how much longer a file may become
STALL_S = 300  # nothing is said while a long file is copied
BYTES_PER_S = 4 * MIB  # of a slow disk
BLOCK = MIB
WORTH = 16 * MIB  # a head and a tail of more than this are no gain over a whole copy


@dataclass(frozen=True)
class Difference:
    """A file as bytes of another: `head`, then bytes `start` to `end` of that, then `tail`.

    Where hardly anything of the other is in it, `start` and `end` are equal and `whole` is it.
    """

    head: bytes
    start: int
    end: int
    tail: bytes
    whole: Path | None = None


def tag(
    source: Path,
    words: Mapping[str, Sequence[str]],
    cover: bytes,
    folder: Path,
    *,
    should_stop: Callable[[], bool] | None = None,
) -> Difference:
    """Say how `source` differs once it carries these words and this JPEG; `folder` is for drafts.

    `words` are texts by the fields of ``tagging_child.NAMES``. A format that takes no words, and a
    file in which no reader finds its way, differs in nothing. Raises ffmpeg.Stopped, and
    ffmpeg.ProcessFailed where the machine is at fault.
    """
    size = source.stat().st_size
    told, copy = folder / "words", folder / "tagged"
    told.write_bytes(json.dumps({k: list(v) for k, v in words.items()}).encode() + b"\n" + cover)
    seconds = 60 + size / BYTES_PER_S
    limits = ffmpeg.Limits(
        wall_s=seconds, stall_s=max(STALL_S, seconds), file_size=size + ROOM, nice=5
    )
    try:
        ffmpeg.run_limited(
            [sys.executable, "-I", str(CHILD)],
            source=source,
            beside=[told],
            files={"copy": copy},
            limits=limits,
            should_stop=should_stop,
        )
    except ffmpeg.ProcessFailed as failure:
        if failure.reason == "cannot-start":
            raise
        return Difference(b"", 0, size, b"")
    finally:
        told.unlink()
    if not copy.stat().st_size:
        return Difference(b"", 0, size, b"")
    return difference(source, copy)


def difference(source: Path, copy: Path) -> Difference:
    """Return `copy` as bytes of `source`: the longest stretch around the middle of both."""
    size, length = source.stat().st_size, copy.stat().st_size
    middle = size // 2
    best = (0, 0, 0)  # start and end in the source, and by how much it lies later in the copy
    with source.open("rb") as old, copy.open("rb") as new:
        for shift in {0, length - size}:
            start = middle - _alike(old, new, middle, shift, ahead=False)
            end = middle + _alike(old, new, middle, shift, ahead=True)
            best = max(best, (start, end, shift), key=lambda found: found[1] - found[0])
        start, end, shift = best
        if length - (end - start) > WORTH or end - start < size // 2:
            return Difference(b"", 0, 0, b"", copy)
        new.seek(0)
        head = new.read(start + shift)
        new.seek(end + shift)
        return Difference(head, start, end, new.read())


def _alike(old: BinaryIO, new: BinaryIO, middle: int, shift: int, *, ahead: bool) -> int:
    """How many bytes before or behind `middle` are the same in both, `shift` later in the new."""
    ends = os.fstat(old.fileno()).st_size, os.fstat(new.fileno()).st_size - shift
    most = min(ends) - middle if ahead else min(middle, middle + shift)
    found = 0
    while found < most:
        count = min(BLOCK, most - found)
        at = middle + found if ahead else middle - found - count
        old.seek(at)
        new.seek(at + shift)
        ours, theirs = old.read(count), new.read(count)
        if ours != theirs:
            return found + _same(ours, theirs, ahead=ahead)
        found += count
    return max(0, found)


def _same(ours: bytes, theirs: bytes, *, ahead: bool) -> int:
    """How many bytes two blocks have in common, from their beginning or from their end."""
    a, b = (np.frombuffer(block, np.uint8) for block in (ours, theirs))
    unlike = np.flatnonzero(a != b)
    return int(unlike[0]) if ahead else len(ours) - 1 - int(unlike[-1])
