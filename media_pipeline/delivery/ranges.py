"""Byte ranges (RFC 9110, section 14)."""

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes=(\d*)-(\d*)", re.IGNORECASE | re.ASCII)


class UnsatisfiableError(Exception):
    """The range begins behind the end: 416."""


@dataclass(frozen=True)
class Span:
    """Bytes `start` up to, but not including, `end`."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def header(self, size: int) -> str:
        """Return the Content-Range of this span of a file of `size` bytes."""
        return f"bytes {self.start}-{self.end - 1}/{size}"


def asked(header: str) -> tuple[int, int | None] | None:
    """Return (first, last) of one range that is asked for from its beginning on; None for others.

    The last is None where no end is named.
    """
    match = _ONE.fullmatch(header.replace(" ", "")) if len(header) <= 60 else None
    if match is None or not match.group(1):
        return None
    return int(match.group(1)), int(match.group(2)) if match.group(2) else None


def parse(header: str, size: int) -> Span | None:
    """Return the one span asked for of a file of `size` bytes.

    None means: send the whole. That is the answer to no range, to a malformed one and to several,
    which no player asks for. Raises UnsatisfiableError.
    """
    match = _ONE.fullmatch(header.replace(" ", ""))
    if match is None or match.group() == "bytes=-" or len(header) > 60:
        return None
    first, last = match.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return None
    if start >= size or start == end:
        raise UnsatisfiableError
    return Span(start, end)
