"""The bytes of a zip, known before any of them is read: so every range of it can be answered.

Nothing is compressed, and size and CRC of each member are known: so the place of every header
follows. PKWARE's APPNOTE 6.3.10: local headers (4.3.7), the central directory (4.3.12), ZIP64
(4.3.14, 4.3.15, 4.5.3) where a size or a place needs more than 32 bits; names in UTF-8 (bit 11).
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

# Bytes as they are, or a key of the storage with a start and an end.
Stretch = bytes | tuple[str, int, int]

LIMIT = 0xFFFF_FFFF
MOST_MEMBERS = 0xFFFF
UTF8 = 1 << 11
PLAIN, ZIP64 = 20, 45  # the version needed
UNIX = 3 << 8
MODE = 0o100644 << 16


@dataclass(frozen=True)
class Member:
    """One file of a zip: its name, what it consists of, size in bytes, CRC-32, and its time."""

    name: str
    stretches: Sequence[Stretch]
    size: int
    crc32: int
    at: datetime


def zipped(members: Sequence[Member]) -> list[Stretch]:
    """Return the stretches of the zip of these, in their order. Raises ValueError for too many."""
    if len(members) > MOST_MEMBERS:
        raise ValueError("a zip of more than 65,535 files")
    found: list[Stretch] = []
    directory, offset = b"", 0
    for member in members:
        local = _local(member)
        directory += _central(member, offset)
        found += [local, *member.stretches]
        offset += len(local) + member.size
    found.append(directory + _end(len(members), len(directory), offset))
    return found


def size_of(stretches: Iterable[Stretch]) -> int:
    """Return how many bytes these are together."""
    return sum(map(_length, stretches))


def part(stretches: Iterable[Stretch], start: int, end: int) -> Iterator[Stretch]:
    """Yield the stretches of bytes `start` up to, not including, `end` of the whole."""
    at = 0
    for stretch in stretches:
        length = _length(stretch)
        first, last = max(start - at, 0), min(end - at, length)
        at += length
        if first >= last:
            if at >= end:
                return
            continue
        if isinstance(stretch, bytes):
            yield stretch[first:last]
        else:
            key, begin, _ = stretch
            yield key, begin + first, begin + last


def _length(stretch: Stretch) -> int:
    return len(stretch) if isinstance(stretch, bytes) else stretch[2] - stretch[1]


def _local(member: Member) -> bytes:
    name, big = member.name.encode(), member.size >= LIMIT
    extra = struct.pack("<HHQQ", 1, 16, member.size, member.size) if big else b""
    size = LIMIT if big else member.size
    day, time = _moment(member.at)
    needed = ZIP64 if big else PLAIN
    words = (0x04034B50, needed, UTF8, 0, time, day, member.crc32, size, size, len(name))
    return struct.pack("<IHHHHHIIIHH", *words, len(extra)) + name + extra


def _central(member: Member, offset: int) -> bytes:
    name, big, far = member.name.encode(), member.size >= LIMIT, offset >= LIMIT
    values = [member.size, member.size] * big + [offset] * far
    extra = struct.pack(f"<HH{len(values)}Q", 1, 8 * len(values), *values) if values else b""
    needed = ZIP64 if values else PLAIN
    size, place = LIMIT if big else member.size, LIMIT if far else offset
    day, time = _moment(member.at)
    words = (0x02014B50, UNIX | needed, needed, UTF8, 0, time, day, member.crc32, size, size)
    head = struct.pack("<IHHHHHHIII", *words)
    rest = struct.pack("<HHHHHII", len(name), len(extra), 0, 0, 0, MODE, place)
    return head + rest + name + extra


def _end(count: int, size: int, offset: int) -> bytes:
    """Return the end of the directory; its own ZIP64 record too, where something is large."""
    large = b""
    if offset >= LIMIT or size >= LIMIT or count >= MOST_MEMBERS:
        words = (44, UNIX | ZIP64, ZIP64, 0, 0, count, count, size, offset)
        large = struct.pack("<IQHHIIQQQQ", 0x06064B50, *words)
        large += struct.pack("<IIQI", 0x07064B50, 0, offset + size, 1)
    count = min(count, MOST_MEMBERS)
    last = (0x06054B50, 0, 0, count, count, min(size, LIMIT), min(offset, LIMIT), 0)
    return large + struct.pack("<IHHHHIIH", *last)


def _moment(at: datetime) -> tuple[int, int]:
    """Return day and time as MS-DOS has them (4.4.6): from 1980 on, of two seconds."""
    year = min(max(at.year, 1980), 2107)
    day = (year - 1980) << 9 | at.month << 5 | at.day
    return day, at.hour << 11 | at.minute << 5 | at.second // 2
