"""Just enough of ISO 14496-12 to cut a fragmented MP4 of one track into segments."""

import struct
from collections.abc import Iterator

MAX_BOX_BYTES = 64 << 20
CONTAINERS = {b"moov", b"trak", b"mdia", b"edts", b"mvex", b"moof", b"traf"}


class BoxReader:
    """Cuts a stream of bytes into its top-level boxes, however it arrives."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Yield (type, whole box with its header) for each box that `data` completes."""
        self._waiting += data
        position = 0
        while len(self._waiting) - position >= 8:
            size = int.from_bytes(self._waiting[position : position + 4], "big")
            if not 8 <= size <= MAX_BOX_BYTES:
                raise ValueError(f"an MP4 box of {size} bytes")
            if len(self._waiting) - position < size:
                break
            box = bytes(self._waiting[position : position + size])
            yield box[4:8], box
            position += size
        del self._waiting[:position]

    @property
    def leftover(self) -> int:
        """Bytes of a box that has begun and not ended."""
        return len(self._waiting)


def walk(data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[bytes, bytes]]:
    """Yield (type, payload) of every leaf box inside, depth first, containers opened."""
    end = len(data) if end is None else end
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        if kind in CONTAINERS:
            yield from walk(data, start + 8, start + size)
        else:
            yield kind, data[start + 8 : start + size]
        start += max(size, 8)


def track_clock(moov: bytes) -> tuple[int, int]:
    """(timescale, first sample of the music): units per second, and what the edit list skips."""
    timescale, skip = 0, 0
    for kind, body in walk(moov):
        if kind == b"mdhd":
            timescale = int.from_bytes(body[20:24] if body[0] else body[12:16], "big")
        elif kind == b"elst" and int.from_bytes(body[4:8], "big"):
            start = (
                struct.unpack_from(">q", body, 16)
                if body[0]
                else struct.unpack_from(">i", body, 12)
            )
            skip = max(skip, start[0])
    if not timescale:
        raise ValueError("an MP4 without a timescale")
    return timescale, skip


def fragment_span(moof: bytes) -> tuple[int, int]:
    """(decode time of the first sample, length): both in the track's timescale."""
    start, length, default_duration = 0, 0, 0
    for kind, body in walk(moof):
        if kind == b"tfhd":
            default_duration = _default_duration(body)
        elif kind == b"tfdt":
            start = int.from_bytes(body[4:12] if body[0] else body[4:8], "big")
        elif kind == b"trun":
            length += _run_length(body, default_duration)
    return start, length


def _default_duration(tfhd: bytes) -> int:
    flags, position = int.from_bytes(tfhd[1:4], "big"), 8
    position += 8 * bool(flags & 0x1) + 4 * bool(flags & 0x2)
    return int.from_bytes(tfhd[position : position + 4], "big") if flags & 0x8 else 0


def _run_length(trun: bytes, default_duration: int) -> int:
    flags, count = int.from_bytes(trun[1:4], "big"), int.from_bytes(trun[4:8], "big")
    if not flags & 0x100:
        return count * default_duration
    position = 8 + 4 * bool(flags & 0x1) + 4 * bool(flags & 0x4)
    stride = 4 * sum(bool(flags & bit) for bit in (0x100, 0x200, 0x400, 0x800))
    return sum(
        int.from_bytes(trun[at : at + 4], "big")
        for at in range(position, position + count * stride, stride)
    )
