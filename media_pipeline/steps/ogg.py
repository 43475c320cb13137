"""The streams of an Ogg file that follow each other (RFC 3533, section 4: chaining)."""

import mmap
from pathlib import Path

BEGINS = 0x02  # a flag of a logical stream's first page
HEADER_BYTES = 27


def shapes(path: Path) -> list[tuple[int, int]]:
    """Return (channels, sample rate) of the sound of each link of the chain, in their order.

    What is behind a broken page is not looked at.
    """
    found: list[tuple[int, int]] = []
    among_beginnings = False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = 0
        while data[at : at + 4] == b"OggS" and at + HEADER_BYTES <= len(data):
            begins, count = data[at + 5] & BEGINS, data[at + 26]
            body = at + HEADER_BYTES + count
            if begins:
                shape = _shape(data[body : body + 64])
                if not among_beginnings:
                    found.append(shape or (0, 0))
                elif shape and found[-1] == (0, 0):  # behind a stream of something else
                    found[-1] = shape
            among_beginnings = bool(begins)
            at = body + sum(data[at + HEADER_BYTES : body])
    return found


def _shape(packet: bytes) -> tuple[int, int] | None:
    """Read a stream's first packet: RFC 7845, Vorbis I section 4.2.2, RFC 9639, Speex manual."""
    if packet.startswith(b"OpusHead"):
        return packet[9], 48_000
    if packet.startswith(b"\x01vorbis"):
        return packet[11], int.from_bytes(packet[12:16], "little")
    if packet.startswith(b"\x7fFLAC"):
        bits = int.from_bytes(packet[27:31], "big")  # 20 of the rate, 3 of the channels
        return (bits >> 9 & 7) + 1, bits >> 12
    if packet.startswith(b"Speex   "):
        return int.from_bytes(packet[48:52], "little"), int.from_bytes(packet[36:40], "little")
    return None
